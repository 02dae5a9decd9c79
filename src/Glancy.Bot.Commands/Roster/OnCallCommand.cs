using Glancy.Bot.Commands.Grammar;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Roster;

/// <summary><c>glancy oncall</c>: who holds which role now and after the next change of shift (C1, §1.1).</summary>
public sealed class OnCallCommand(OnCallAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } = new("oncall", Topic.People, Effect.Read, "1.1", [])
    {
        Aliases = ["值班", "on-call"],
        Examples = ["oncall"],
    };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken) => answers.ShowAsync(invocation, cancellationToken);
}

/// <summary>The roster as data: role to persons' ids.</summary>
public sealed record OnCallData(
    string Shift,
    DateTimeOffset ShiftStart,
    DateTimeOffset ShiftEnd,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Holders,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Next,
    IReadOnlyList<OverrideData> Overrides)
{
    public static OnCallData Of(OnCall now, OnCall next, IReadOnlyList<EnteredOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(next);
        return new OnCallData(now.Shift.Id, now.ShiftStart, now.ShiftEnd, Ids(now), Ids(next), [.. overrides.Select(OverrideData.Of)]);
    }

    /// <summary>Role to persons' ids.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Ids(OnCall onCall)
    {
        ArgumentNullException.ThrowIfNull(onCall);
        return onCall.Holders.ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value.Select(p => p.Id)]);
    }
}

/// <summary>An override that counts now or later.</summary>
public sealed record OverrideData(string Override, string Kind, string Role, string Person, DateTimeOffset From, DateTimeOffset Until, string Reason, string By)
{
    public static OverrideData Of(EnteredOverride entered)
    {
        ArgumentNullException.ThrowIfNull(entered);
        return new OverrideData(entered.Name, entered.Kind, entered.Change.Role, entered.Change.Person, entered.Change.From, entered.Change.To, entered.Change.Reason, entered.By);
    }
}
