using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>The rows of a draft.</summary>
public sealed class DraftRows(
    RunTransitions transitions,
    IEpisodes episodes,
    NoticeBoard notices,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <summary>
    /// One draft at a time for each key, and for each procedure. Two replicas may see the same red light at once, or
    /// two lights of one train; two persons may ask for the same thing.
    /// </summary>
    /// <remarks>
    /// The advisory locks end with the transaction; rows could not be locked, because there may be none yet.
    /// </remarks>
    public static Task HoldAsync(Transaction transaction, Plan plan) =>
        transaction.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('glancy draft ' || key, 0)) from unnest(@keys) as key",
            new { keys = plan.Keys.Append(plan.Procedure).Order(StringComparer.Ordinal).ToArray() }
        );

    /// <summary>
    /// What stands already for a request, while <see cref="HoldAsync"/> holds: for an episode any open rollback of the
    /// train, for a person a draft of the same thing.
    /// </summary>
    public static async Task<long?> StandingAsync(
        Transaction transaction,
        DraftRequest request,
        Plan plan,
        DateTimeOffset now
    )
    {
        var standing = request.Episode is not null
            ? await transaction.QueryAsync<long>(
                """
                select id from glancy.run
                 where finished_at is null and keys && @keys and (definition ->> 'supersedes')::boolean
                   and id is distinct from @Replaces and id is distinct from @Beside
                   and not id = any(@over)
                 order by id limit 1
                """,
                new
                {
                    keys = plan.Keys.ToArray(),
                    request.Replaces,
                    request.Beside,
                    over = request.TakesOver.Select(r => r.Id).ToArray(),
                }
            )
            : await transaction.QueryAsync<long>(
                """
                select id from glancy.run
                 where state in ('Draft', 'AwaitingSecond') and superseded_by is null
                   and abort_requested_by is null and expires_at > @now
                   and definition ->> 'id' = @procedure and arguments - 'reason' = @arguments - 'reason'
                     and id is distinct from @Replaces
                 order by id limit 1
                """,
                new
                {
                    procedure = request.Definition.Id,
                    arguments = Jsonb.Of(plan.Arguments),
                    request.Replaces,
                    now = now.ToUniversalTime(),
                }
            );
        return standing.Count == 0 ? null : standing[0];
    }

    /// <summary>Writes the draft: the run, its steps, a card, the trail.</summary>
    /// <param name="first">The confirmation that asking for it is; null when it is none.</param>
    /// <returns>The run's number.</returns>
    public async Task<long> InsertAsync(
        Transaction transaction,
        DraftRequest request,
        Plan plan,
        RunbookContent content,
        Confirmation? first
    )
    {
        var (definition, _, requester, reason, _, _, episode) = request;
        var now = clock.GetUtcNow();
        var state = first is null ? RunState.Draft : RunState.AwaitingSecond;
        // What could not be carried out any more is not to be confirmed either.
        var expires = request.OldKeptUntil is { } kept && kept < now + Drafts.Lifetime ? kept : now + Drafts.Lifetime;
        var id = await RunStore.AddDraftAsync(transaction, request, plan, content.Version, state, now, expires);
        if (first is not null)
        {
            await RunStore.AddConfirmationAsync(transaction, id, first with { At = now });
        }

        if (episode is { } cured)
        {
            await episodes.TieAsync(transaction, cured, id);
        }

        await transitions.AppendEventAsync(
            transaction,
            id,
            requester,
            "run-drafted",
            null,
            new Dictionary<string, string> { ["plan"] = plan.Code }
        );
        var name = "R-" + id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await notices.PutAsync(transaction, DraftCard(id, name, definition, plan, state, episode));
        await audit.AppendAsync(
            transaction,
            new AuditEntry(requester, "run-draft", definition.Id)
            {
                Role = first?.Role,
                Run = name,
                Detail = new Dictionary<string, string>
                {
                    ["plan"] = plan.Hash,
                    ["reason"] = reason,
                    ["arguments"] = string.Join(", ", plan.Arguments.Select(a => $"{a.Key}={a.Value}")),
                    ["runbook"] = content.Version,
                },
            }
        );
        return id;
    }

    private static NoticeDraft DraftCard(
        long id,
        string name,
        Procedure definition,
        Plan plan,
        RunState state,
        long? episode
    ) =>
        new(
            episode is { } e ? $"episode:{e}" : $"run:{id}",
            "card",
            "card-draft",
            new Dictionary<string, string>
            {
                ["run"] = name,
                ["state"] = state.ToString(),
                ["title_zh"] = Placeholders.Fill(definition.Title.Zh, plan.Arguments),
                ["title_en"] = Placeholders.Fill(definition.Title.En, plan.Arguments),
                ["code"] = plan.Code,
            },
            id
        );
}
