namespace Glancy.Sandbox.Slack;

/// <summary>What Slack can be made to do wrong.</summary>
public enum SlackFaultKind
{
    /// <summary>Calls are done, and answered late.</summary>
    Slow,

    /// <summary>Calls are not done: 429.</summary>
    TooMany,

    /// <summary>Calls are not done: 503.</summary>
    ServerError,

    /// <summary>Calls are not done, and never answered.</summary>
    Hang,

    /// <summary>Calls are done, and their answers lost.</summary>
    LoseAnswer,

    /// <summary>Nobody listens.</summary>
    Down,

    /// <summary>Whatever is delivered to the app is delivered twice at the same time.</summary>
    DeliverTwice,

    /// <summary>Whatever is delivered to the app arrives late; its signature is as old as the deed.</summary>
    DeliverLate,
}

/// <summary>A fault that is on.</summary>
/// <param name="Method">Only calls of this method, for example <c>chat.postMessage</c>; <c>respond</c> is a response
/// address, <c>upload</c> a file's bytes. All when null.</param>
/// <param name="For">How slow, how late; for 429 the Retry-After in whole seconds, and no such header when it is
/// zero.</param>
/// <param name="Times">How many more times it strikes; null until it is switched off.</param>
public sealed record SlackFault(SlackFaultKind Kind, string? Method = null, TimeSpan For = default, int? Times = null);

/// <summary>The faults that are on: one of each kind.</summary>
public sealed class SlackFaults(Changes changes)
{
    private readonly Dictionary<SlackFaultKind, SlackFault> on = [];

    public IReadOnlyList<SlackFault> On => changes.Look(() => on.Values.OrderBy(f => f.Kind).ToList());

    public void Put(SlackFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        changes.Make(() => on[fault.Kind] = fault);
    }

    /// <summary>False when it was not on.</summary>
    public bool Off(SlackFaultKind kind) => changes.Make(() => on.Remove(kind));

    public void AllOff() => changes.Make(on.Clear);

    /// <summary>The fault when it strikes now; it is counted.</summary>
    internal SlackFault? Strike(SlackFaultKind kind, string? method = null)
    {
        var fault = changes.Look(() =>
            on.GetValueOrDefault(kind) is { } found && (found.Method is null || found.Method == method) ? found : null
        );
        return fault is null
            ? null
            : changes.Make(() =>
            {
                // Somebody may have taken the last strike in between.
                if (on.GetValueOrDefault(kind) is not { } still)
                {
                    return null;
                }

                if (still.Times is <= 1)
                {
                    on.Remove(kind);
                }
                else
                {
                    on[kind] = still with { Times = still.Times - 1 };
                }

                return still;
            });
    }
}
