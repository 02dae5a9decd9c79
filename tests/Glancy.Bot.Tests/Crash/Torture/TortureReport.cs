using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>How many transitions of a procedure there are in a topology, and how many were wanted.</summary>
public sealed record Planned(string Procedure, string Topology, int Transitions);

/// <summary>All that is known at the end of a torture.</summary>
/// <param name="Planned">What the sweep was to try; a procedure that is not there was not begun.</param>
/// <param name="NotBegun">Procedure and topology that the time did not suffice for.</param>
/// <param name="CutShort">The time was up before everything was tried.</param>
public sealed record TortureResult(
    TortureOptions Options, DateTimeOffset Began, TimeSpan Took, IReadOnlyList<TortureLine> Lines, IReadOnlyList<Planned> Planned, IReadOnlyList<string> NotBegun, bool CutShort)
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
            string.Create(CultureInfo.InvariantCulture, $"Began {result.Began:yyyy-MM-dd HH:mm:ss}Z, took {result.Took.TotalSeconds:0} s of at most {result.Options.Bound.TotalMinutes:0} minutes. {Verdict(result)}"),
            "",
            "## Sweep: one kill at each transition",
            "",
            "| procedure | topology | transitions | tried | ok | bad |",
            "|---|---|---|---|---|---|",
        ];
        page.AddRange(result.Planned.Select(p => Row(p, [.. result.Lines.Where(l => l.Trial == Trial.Sweep && l.Procedure == p.Procedure && l.Topology == p.Topology)])));
        page.AddRange(result.NotBegun.Select(what => $"| {what} | | not begun | 0 | 0 | 0 |"));
        var chaos = result.Lines.Where(l => l.Trial == Trial.Chaos).ToList();
        page.AddRange(
        [
            "",
            "## Chaos",
            "",
            "| seeds | tried | ok | bad |",
            "|---|---|---|---|",
            $"| {result.Options.Seeds.Count} | {chaos.Count} | {chaos.Count(l => l.Ok)} | {chaos.Count(l => !l.Ok)} |",
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
        var verdict = result.Bad.Count == 0 ? $"{result.Lines.Count} runs, none bad." : $"{result.Lines.Count} runs, {result.Bad.Count} BAD.";
        return result.CutShort ? verdict + " CUT SHORT: the time was up before everything was tried." : verdict;
    }

    private static string Row(Planned planned, IReadOnlyList<TortureLine> tried) =>
        $"| {planned.Procedure} | {planned.Topology} | {planned.Transitions} | {tried.Count} | {tried.Count(l => l.Ok)} | {tried.Count(l => !l.Ok)} |";

    private static IEnumerable<string> Bad(TortureLine line) =>
    [
        $"- {line.Trial} {line.Procedure} {line.Topology} {(line.Seed is { } seed ? $"seed {seed} " : "")}{line.What}",
        .. line.Repeat.Length == 0 ? Array.Empty<string>() : [$"  - again: `{line.Repeat}`"],
        .. line.Problems.Select(p => "  - " + p),
    ];
}
