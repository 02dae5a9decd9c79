using System.Data.Common;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Incidents;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// What can be chosen where a form asks for a thing by its name: what there is now, and the only or current one first.
/// A source that does not answer leaves a line to write.
/// </summary>
internal sealed class SlackFormChoices(
    RunStore runs,
    IncidentStore incidents,
    LeaseStore leases,
    ReleaseTool releases,
    RunbookHolder runbook
)
{
    /// <summary>The fields of the blanks of a line, by their names; none for what is written.</summary>
    public async Task<IReadOnlyDictionary<string, FormField>> OfAsync(
        string line,
        Phrasebook words,
        CancellationToken cancellationToken
    )
    {
        var names = new Names(words, runbook.Current);
        var fields = new Dictionary<string, FormField>(StringComparer.Ordinal);
        foreach (var (name, choose) in Sources(names, cancellationToken))
        {
            if (line.Contains($"<{name}>", StringComparison.Ordinal) && await TryAsync(choose) is { } field)
            {
                fields[name] = field;
            }
        }

        return fields;
    }

    private IEnumerable<(string Name, Func<Task<FormField>> Choose)> Sources(Names names, CancellationToken stop) =>
        [
            ("batch", () => BatchAsync(names, stop)),
            (
                "incident",
                async () =>
                    Of([.. (await incidents.OpenAsync(stop)).Select(i => (i.Id, $"{i.Id} {i.Level} {i.Title}"))])
            ),
            (
                "run",
                async () =>
                    Of([
                        .. (await runs.OpenAsync(stop)).Select(r =>
                            (r.Name, $"{r.Name} {names.Title(r.Definition, r.Arguments).Plain}")
                        ),
                    ])
            ),
            (
                "lease",
                async () =>
                    Of([
                        .. (await leases.OpenAsync(stop)).Select(l =>
                            (l.Name, $"{l.Name} {names.Controlled(l.Target).Plain}")
                        ),
                    ])
            ),
        ];

    private async Task<FormField> BatchAsync(Names names, CancellationToken cancellationToken)
    {
        var status = await releases.StatusAsync(cancellationToken);
        var current = status.Has(out var known, out _) ? known.Batch : null;
        return new FormField(
            [
                .. runbook
                    .Current.Ladder.Rungs.Where(r => r.Production)
                    .Select(r => (r.Batch, $"{r.Batch} {r.Audience.In(names.Words.Culture)}")),
            ],
            current
        );
    }

    // Nothing to choose from is said by the command itself.
    private static FormField Of(IReadOnlyList<(string Value, string Said)> choices) =>
        new(choices, choices is [var only] ? only.Value : null);

    private static async Task<FormField?> TryAsync(Func<Task<FormField>> choose)
    {
        try
        {
            return await choose();
        }
        catch (DbException)
        {
            return null;
        }
    }
}
