using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary><c>glancy oncall</c>: who holds which role now and after the next change of shift (C1, §1.1).</summary>
internal sealed class OnCallCommand(OnCallAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("oncall", Topic.People, Effect.Read, "1.1", PermissionNames.RosterSee)
        {
            Aliases = ["值班", "on-call"],
            Questions = ["谁在值班", "现在谁值班", "现在谁在值班", "值班的是谁", "who is on call", "who's on call"],
            Examples = ["oncall"],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken) =>
        answers.ShowAsync(invocation, cancellationToken);
}

/// <summary>The roster as data: role to persons' ids.</summary>
/// <param name="Next">Who holds each role after its next change, or goes on to hold it.</param>
/// <param name="Changes">Real changes of holders within a week, the first first.</param>
internal sealed record OnCallData(
    string Shift,
    DateTimeOffset ShiftStart,
    DateTimeOffset ShiftEnd,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Holders,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Next,
    IReadOnlyList<DutyChange> Changes,
    IReadOnlyList<OverrideData> Overrides
)
{
    public static OnCallData Of(DutyOutlook duty)
    {
        var holders = Ids(duty.Now);
        return new OnCallData(
            duty.Now.Shift.Id,
            duty.Now.ShiftStart,
            duty.Now.ShiftEnd,
            holders,
            holders.ToDictionary(h => h.Key, h => duty.NextOf(h.Key)?.After ?? h.Value),
            duty.Changes,
            [.. duty.Overrides.Select(OverrideData.Of)]
        );
    }

    /// <summary>Role to persons' ids.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Ids(OnCall onCall)
    {
        return onCall.Holders.ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value.Select(p => p.Id)]);
    }
}

/// <summary>An override that counts now or soon.</summary>
/// <param name="Override">Null for one that a file says.</param>
/// <param name="Kind"><c>take-over</c>, <c>override</c>, or <c>file</c>.</param>
/// <param name="By">Who entered it; file and line for one that a file says.</param>
internal sealed record OverrideData(
    string? Override,
    string Kind,
    string Role,
    string Person,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Reason,
    string By
)
{
    public static OverrideData Of(KnownOverride known)
    {
        var (change, entered) = known;
        return new OverrideData(
            entered?.Name,
            entered?.Kind ?? "file",
            change.Role,
            change.Person,
            change.From,
            change.To,
            change.Reason,
            entered?.By
                ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{change.File}:{change.Line}")
        );
    }
}
