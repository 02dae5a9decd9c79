using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>What the sweep was to try of a procedure in a topology.</summary>
/// <param name="Transitions">Null when it was not begun: the time was up, or the undisturbed run was bad
/// already.</param>
public sealed record Planned(string Procedure, string Topology, int? Transitions);

/// <summary>All that is known at the end of a torture.</summary>
/// <param name="CutShort">The time was up before everything was tried.</param>
public sealed record TortureResult(
    TortureOptions Options,
    DateTimeOffset Began,
    TimeSpan Took,
    IReadOnlyList<TortureLine> Lines,
    IReadOnlyList<Planned> Planned,
    bool CutShort
)
{
    public IReadOnlyList<TortureLine> Bad => [.. Lines.Where(l => !l.Ok)];

    public int Exit => Bad.Count == 0 ? 0 : 1;
}

/// <summary>The report: a line of JSON a run, and a page for people. Pure, except that it can be written.</summary>
public static class TortureReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Line(TortureLine line) => JsonSerializer.Serialize(line, Json);

    public static string Page(TortureResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        List<string> page =
        [
            "# Torture",
            "",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Began {result.Began:yyyy-MM-dd HH:mm:ss}Z, took {result.Took.TotalSeconds:0} s of at most "
                    + $"{result.Options.Bound.TotalMinutes:0} minutes. {Verdict(result)}"
            ),
            "",
            "| procedure | topology | transitions | tried | ok | bad | seeds tried | ok | bad |",
            "|---|---|---|---|---|---|---|---|---|",
        ];
        var places = result
            .Planned.Select(p => (p.Procedure, p.Topology))
            .Concat(result.Lines.Where(l => l.Trial == Trial.Chaos).Select(l => (l.Procedure, l.Topology)));
        page.AddRange(places.Distinct().Select(place => Row(result, place.Procedure, place.Topology)));
        page.AddRange([
            "",
            $"{result.Lines.Count(l => l.Trial == Trial.Chaos)} of {result.Options.Seeds.Count} seeds tried.",
            "",
            "## Bad runs",
            "",
        ]);
        page.AddRange(result.Bad.Count == 0 ? ["None."] : result.Bad.SelectMany(Bad));
        return string.Join('\n', page) + "\n";
    }

    /// <summary>The outcome in one sentence.</summary>
    public static string Verdict(TortureResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var verdict =
            result.Bad.Count == 0
                ? $"{result.Lines.Count} runs, none bad."
                : $"{result.Lines.Count} runs, {result.Bad.Count} BAD.";
        return result.CutShort ? verdict + " CUT SHORT: the time was up before everything was tried." : verdict;
    }

    private static string Row(TortureResult result, string procedure, string topology)
    {
        var planned = result.Planned.FirstOrDefault(p => p.Procedure == procedure && p.Topology == topology);
        var transitions = planned is null
            ? "-"
            : planned.Transitions?.ToString(CultureInfo.InvariantCulture) ?? "not begun";
        return $"| {procedure} | {topology} | {transitions} | {Counts(Trial.Sweep)} | {Counts(Trial.Chaos)} |";

        string Counts(Trial trial)
        {
            var tried = result
                .Lines.Where(l => l.Trial == trial && l.Procedure == procedure && l.Topology == topology)
                .ToList();
            return $"{tried.Count} | {tried.Count(l => l.Ok)} | {tried.Count(l => !l.Ok)}";
        }
    }

    private static IEnumerable<string> Bad(TortureLine line) =>
        [
            $"- {line.Trial} {line.Procedure} {line.Topology} {(line.Seed is { } seed ? $"seed {seed} " : "")}"
                + $"{line.What}",
            .. line.Repeat.Length == 0 ? Array.Empty<string>() : [$"  - again: `{line.Repeat}`"],
            .. line.Problems.Select(p => "  - " + p),
        ];
}
