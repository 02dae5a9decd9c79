using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Roster;

/// <summary><c>glancy oncall</c>: who holds which role now and after the next change of shift (C1, §1.1).</summary>
public sealed class OnCallCommand(DutyRoster roster, RunbookHolder runbook, TimeProvider clock) : ICommand
{
    public static CommandSpec Spec { get; } = new("oncall", Topic.People, Effect.Read, "1.1", [])
    {
        Aliases = ["值班", "on-call"],
        Examples = ["oncall"],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var now = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        var next = await roster.HoldersAsync(now.ShiftEnd, cancellationToken);
        var names = new Names(invocation.Words, runbook.Current);
        return new Answer(OnCallView.Page(now, next, names), OnCallData.Of(now, next));
    }
}

/// <summary>The roster as data: role to persons' ids.</summary>
public sealed record OnCallData(string Shift, DateTimeOffset ShiftStart, DateTimeOffset ShiftEnd, IReadOnlyDictionary<string, IReadOnlyList<string>> Holders, IReadOnlyDictionary<string, IReadOnlyList<string>> Next)
{
    public static OnCallData Of(OnCall now, OnCall next)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(next);
        return new OnCallData(now.Shift.Id, now.ShiftStart, now.ShiftEnd, Ids(now), Ids(next));
    }

    private static Dictionary<string, IReadOnlyList<string>> Ids(OnCall onCall) =>
        onCall.Holders.ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value.Select(p => p.Id)]);
}
