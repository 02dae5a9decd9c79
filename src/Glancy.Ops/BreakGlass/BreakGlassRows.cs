using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.BreakGlass;

/// <summary>Uses of break-glass as rows.</summary>
internal static class BreakGlassRows
{
    public static Task<int> AddAsync(Transaction transaction, BreakGlassUse use) =>
        transaction.ExecuteAsync(
            "insert into glancy.break_glass (run_id, person, role, waived, reason, at) values (@RunId, @Person, "
                + "@Role, @waived, @Reason, @at)",
            new
            {
                use.RunId,
                use.Person,
                use.Role,
                waived = use.Waived.ToArray(),
                use.Reason,
                at = use.At.ToUniversalTime(),
            }
        );

    /// <summary>A person has reviewed what others did.</summary>
    public static Task<int> ReviewedAsync(
        Transaction transaction,
        long[] runs,
        string person,
        string? role,
        string note,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            """
            update glancy.break_glass set reviewed_at = @now, reviewed_by = @person, review_role = @role,
              review_note = @note
             where run_id = any(@runs)
            """,
            new
            {
                runs,
                person,
                role,
                note,
                now = now.ToUniversalTime(),
            }
        );
}
