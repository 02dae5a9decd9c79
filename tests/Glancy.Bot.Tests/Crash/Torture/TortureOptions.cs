using System.Globalization;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>What is to be tried, and for how long.</summary>
/// <param name="Only">Procedures to be tried; empty for all that are shipped.</param>
/// <param name="Topologies">Numbers of replicas: 1 (started again when it dies), 2, or both.</param>
/// <param name="At">Transitions of the sweep; empty for all.</param>
/// <param name="Sweep">False when only chaos is wanted.</param>
/// <param name="Bound">After this nothing new is begun.</param>
/// <param name="Report">Folder of the report.</param>
public sealed record TortureOptions(
    IReadOnlyList<string> Only,
    IReadOnlyList<int> Topologies,
    IReadOnlyList<string> At,
    bool Sweep,
    IReadOnlyList<int> Seeds,
    TimeSpan Bound,
    string Report
)
{
    public const string Usage = """
        usage: ./glancy torture [--seeds <n>] [--minutes <n>] [--only <procedure>]... [--report <folder>]
                                [--topology one|two] [--at <transition>]... [--seed <n>]...

        Kills real replicas at every transition of every shipped procedure, then plays seeds of chaos; each run must
        leave behind what an undisturbed one does.
          --seeds     seeds of chaos after the sweep; 100, or none with --at
          --minutes   nothing new is begun after that long; 60
          --only      this procedure, by its id in runbook/procedures; may be repeated
          --report    folder for report.md and runs.jsonl; a new one under the temporary folder when left out
          --topology  one replica that is started again, or two; both when left out
          --at        only this transition of the sweep; may be repeated
          --seed      only this seed of chaos, and no sweep; may be repeated
        Exit 0: nothing was bad, also when the time was up first. Exit 1: something was bad. Exit 64: not understood.
        """;

    private const int DefaultSeeds = 100;
    private const int DefaultMinutes = 60;

    /// <summary>How a run is repeated alone: the words that narrow it down to the same choice.</summary>
    public string Narrowed =>
        string.Concat(Only.Select(o => $" --only {o}"))
        + (Topologies.Count == 1 ? $" --topology {Word(Topologies[0])}" : "");

    /// <summary>Exactly one of the two is there.</summary>
    /// <param name="folder">Where the report goes when nothing is said.</param>
    public static (TortureOptions? Options, string? Problem) Parse(IReadOnlyList<string> words, string folder)
    {
        ArgumentNullException.ThrowIfNull(words);
        List<string> only = [],
            at = [];
        List<int> seeds = [];
        int? number = null;
        var minutes = DefaultMinutes;
        IReadOnlyList<int> topologies = [1, 2];
        for (var i = 0; i < words.Count; i += 2)
        {
            if (i + 1 == words.Count)
            {
                return (null, $"'{words[i]}' is no option, or its value is missing.");
            }

            var value = words[i + 1];
            var count = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : (int?)null;
            switch (words[i])
            {
                case "--only" when ProcedureCases.All.Any(c => c.Id == value):
                    only.Add(value);
                    break;
                case "--only":
                    return (
                        null,
                        $"There is no case for a procedure '{value}'. Known: {string.Join(", ", ProcedureCases.All)}."
                    );
                case "--seeds" when count is not null:
                    number = count;
                    break;
                case "--seed" when count is { } seed:
                    seeds.Add(seed);
                    break;
                case "--minutes" when count is > 0:
                    minutes = parsed;
                    break;
                case "--topology" when value is "one" or "two":
                    topologies = [value == "one" ? 1 : 2];
                    break;
                case "--at":
                    at.Add(value);
                    break;
                case "--report":
                    folder = value;
                    break;
                default:
                    return (null, $"'{words[i]} {value}' was not understood.");
            }
        }

        var wanted =
            seeds.Count > 0 ? seeds : Enumerable.Range(1, number ?? (at.Count > 0 ? 0 : DefaultSeeds)).ToList();
        return (
            new TortureOptions(
                only,
                topologies,
                at,
                seeds.Count == 0,
                wanted,
                TimeSpan.FromMinutes(minutes),
                Path.GetFullPath(folder)
            ),
            null
        );
    }

    /// <summary>The topology as it is typed.</summary>
    public static string Word(int replicas) => replicas == 1 ? "one" : "two";
}
