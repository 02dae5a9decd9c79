using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Watching;

/// <summary>
/// A card says what is typed to draft its run again, and its buttons are lines (ADR 11): a version that takes such a
/// verb away does not come into force while a run of it is open.
/// </summary>
public sealed class StandingVerbs(BotDatabase database, RunbookHolder runbook)
{
    /// <summary>The problem's code; its arguments are the verb and the runs.</summary>
    public const string Code = "verb-stands";

    /// <summary>What keeps a version from coming into force; empty when nothing does.</summary>
    public async Task<IReadOnlyList<RunbookProblem>> ProblemsAsync(
        RunbookContent next,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(next);
        if (!runbook.HasCurrent)
        {
            return [];
        }

        var kept = next.Verbs.SelectMany(Spoken).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var gone = runbook.Current.Verbs.Where(verb => !kept.Contains(verb.Path)).ToList();
        if (gone.Count == 0)
        {
            return [];
        }

        var open = await database.QueryAsync<OpenRun>(
            "select id, definition ->> 'id' as procedure from glancy.run where finished_at is null order by id",
            null,
            cancellationToken
        );
        return
        [
            .. from verb in gone
            let runs = open.Where(run => verb.Procedures.Values.Contains(run.Procedure))
                .Select(run => "R-" + run.Id)
                .ToList()
            where runs.Count > 0
            select new RunbookProblem(
                $"procedures/{verb.Procedures.Values.First()}.yaml",
                0,
                Code,
                [verb.Path, string.Join(", ", runs)]
            ),
        ];
    }

    private static IEnumerable<string> Spoken(Verb verb) => verb.Aliases.Prepend(verb.Path);

    private sealed record OpenRun
    {
        public long Id { get; init; }

        public string Procedure { get; init; } = "";
    }
}
