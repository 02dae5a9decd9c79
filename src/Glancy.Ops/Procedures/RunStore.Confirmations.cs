using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Procedures;

/// <summary>Who stands behind a run.</summary>
public sealed partial class RunStore
{
    /// <summary>A person stands behind it; who does already stays as they are.</summary>
    internal static Task<int> AddConfirmationAsync(Transaction transaction, long run, Confirmation confirmation) =>
        transaction.ExecuteAsync(
            "insert into glancy.confirmation (run_id, person, role, at) values (@run, @Person, @Role, @at) on "
                + "conflict do nothing",
            new
            {
                run,
                confirmation.Person,
                confirmation.Role,
                at = confirmation.At.ToUniversalTime(),
            }
        );

    /// <summary>Enough persons stand behind it.</summary>
    /// <param name="needed">How many that were; asked for once more at the start.</param>
    internal static Task<int> ConfirmedAsync(Transaction transaction, long run, DateTimeOffset now, int needed) =>
        transaction.ExecuteAsync(
            "update glancy.run set confirmed_at = @now, persons_needed = @needed where id = @run",
            new
            {
                run,
                now = now.ToUniversalTime(),
                needed,
            }
        );

    /// <summary>It is done under an incident.</summary>
    internal static Task<int> OfIncidentAsync(Transaction transaction, long run, string incident) =>
        transaction.ExecuteAsync(
            "update glancy.run set incident_id = @incident where id = @run",
            new { run, incident }
        );
}
