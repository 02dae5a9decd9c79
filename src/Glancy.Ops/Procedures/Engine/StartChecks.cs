using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Lives;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// What has to hold once more before a confirmed run starts: the roles of those who confirmed, and every guard (rules
/// 5, 6, 9).
/// </summary>
internal sealed class StartChecks(
    BotDatabase database,
    LifeWatch lives,
    PlanGuards guards,
    DutyRoster roster,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    /// <summary>Why the run is not started; null when it may be.</summary>
    public async Task<Refusal?> ForbiddenAsync(Run run, Decision decision, CancellationToken cancellationToken)
    {
        // Before anything is keyed: whether this is still the database that the bastion knows.
        await lives.LookAsync(cancellationToken);
        return await RoleLostAsync(run, cancellationToken)
            ?? await guards.RefusalAsync(GuardMoment.Start, run, null, decision, cancellationToken);
    }

    private async Task<Refusal?> RoleLostAsync(Run run, CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        var needed = await database.QueryAsync<int>(
            "select coalesce(persons_needed, 2) from glancy.run where id = @Id",
            new { run.Id },
            cancellationToken
        );
        var (confirmations, roles) = BreakGlassUse.Counting(run, content);
        var standing = Approvals.Standing(confirmations, roles, onCall, content);
        return Approvals.Suffices(standing, needed[0])
            ? null
            : new Refusal(
                "role-lost",
                "§1.1",
                string.Join(
                    ", ",
                    confirmations
                        .Select(c => c.Person)
                        .Except(standing.Where(c => c.Role is not null).Select(c => c.Person))
                )
            );
    }
}
