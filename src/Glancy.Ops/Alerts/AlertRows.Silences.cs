using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Silences as rows: asked for before Alertmanager is, so that nothing is silent of which nobody knows.
/// </summary>
internal static partial class AlertRows
{
    public static Task<int> AskSilenceAsync(
        Transaction transaction,
        long group,
        IReadOnlyDictionary<string, string> matchers,
        (DateTimeOffset Now, DateTimeOffset Ends) times,
        string reason,
        (string Person, string? Role) who
    ) =>
        transaction.ExecuteAsync(
            """
            insert into glancy.alert_silence (group_id, state, matchers, asked_at, ends_at, reason, person, role)
            values (@group, 'asked', @matchers, @Now, @Ends, @reason, @Person, @Role)
            """,
            new
            {
                group,
                matchers = Jsonb.Of(matchers),
                times.Now,
                times.Ends,
                reason,
                who.Person,
                who.Role,
            }
        );

    /// <summary>What became of one that was asked for. False when that has been settled.</summary>
    public static async Task<bool> SettleSilenceAsync(
        Transaction transaction,
        long id,
        string state,
        string? silence
    ) =>
        await transaction.ExecuteAsync(
            "update glancy.alert_silence set state = @state, silence_id = @silence where id = @id and state = 'asked'",
            new
            {
                id,
                state,
                silence,
            }
        ) == 1;

    public static Task<int> LiftSilenceAsync(Transaction transaction, long id, string person) =>
        transaction.ExecuteAsync(
            "update glancy.alert_silence set state = 'lifted', ended_by = @person where id = @id and state in "
                + "('asked', 'stands')",
            new { id, person }
        );

    /// <summary>Its time is over. False when it stands no more.</summary>
    public static async Task<bool> EndSilenceAsync(Transaction transaction, long id) =>
        await transaction.ExecuteAsync(
            "update glancy.alert_silence set state = 'ended' where id = @id and state = 'stands'",
            new { id }
        ) == 1;
}
