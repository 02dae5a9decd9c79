namespace Glancy.Ops.Procedures;

/// <summary>What may be advised of a step that stopped a run, from what was read.</summary>
public enum StuckAdvice
{
    /// <summary>Nothing could be read that would tell.</summary>
    Unknown,

    /// <summary>Nothing has changed: a retry repeats nothing.</summary>
    Retry,

    /// <summary>Everything stands as planned and the command is over: leaving it out counts as done.</summary>
    Skip,

    /// <summary>Everything stands as planned, but the command may still be at work.</summary>
    Wait,

    /// <summary>Changed in part, or by somebody else.</summary>
    Look,
}

/// <summary>A state of the step as it was read.</summary>
public sealed record StuckState(string State, string Before, string Desired, string Seen);

/// <summary>
/// What the bot itself found out of a step that stopped a run: what the tools say of its states and whether its command
/// still runs. Kept in the step's evidence when the run pauses, and read again when somebody looks.
/// </summary>
/// <param name="Command"><c>running</c>, <c>ended</c>, <c>unknown</c>, or empty where there is no command on the
/// bastion.</param>
/// <param name="Readable">Whether the states could be read.</param>
public sealed record StuckStep(
    string Step,
    DateTimeOffset At,
    string Command,
    bool Readable,
    IReadOnlyList<StuckState> States
)
{
    private const string SeenPrefix = "seen.";
    private const string SeenAt = "seen_at";
    private const string SeenCommand = "seen_command";

    public StuckAdvice Advice =>
        !Readable || States.Count == 0 || Command == "unknown" ? StuckAdvice.Unknown
        : States.All(s => s.Seen == s.Desired)
            ? Command == "running" ? StuckAdvice.Wait
                : StuckAdvice.Skip
        : States.All(s => s.Seen == s.Before) ? StuckAdvice.Retry
        : StuckAdvice.Look;

    /// <summary>What was found when the run paused; null when nothing was looked for.</summary>
    public static StuckStep? Of(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (
            run is not { State: RunState.Paused, Stuck: { } step }
            || !step.Evidence.TryGetValue(SeenAt, out var at)
            || !DateTimeOffset.TryParse(
                at,
                System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.RoundtripKind,
                out var time
            )
        )
        {
            return null;
        }

        var changes = Engine.EffectSight.ChangesOf(run, step);
        var states = changes
            .Where(c => step.Evidence.ContainsKey(SeenPrefix + c.State))
            .Select(c => new StuckState(
                c.State,
                step.Evidence.GetValueOrDefault("before." + c.State, c.Current.Count > 0 ? c.Current[0] : ""),
                c.Desired,
                step.Evidence[SeenPrefix + c.State]
            ))
            .ToList();
        return new StuckStep(
            step.Id,
            time,
            step.Evidence.GetValueOrDefault(SeenCommand, ""),
            states.Count == changes.Count,
            states
        );
    }

    /// <summary>As evidence of the step.</summary>
    /// <param name="seen">State to value; null when they could not be read.</param>
    public static Dictionary<string, string> Evidence(
        DateTimeOffset at,
        string command,
        IReadOnlyDictionary<string, string>? seen
    )
    {
        var evidence = new Dictionary<string, string>
        {
            [SeenAt] = at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            [SeenCommand] = command,
        };
        foreach (var (state, value) in seen ?? new Dictionary<string, string>())
        {
            evidence[SeenPrefix + state] = value;
        }

        return evidence;
    }

    /// <summary>The step with what was found now instead of what was found before.</summary>
    public static RunStep With(RunStep step, IReadOnlyDictionary<string, string> found)
    {
        ArgumentNullException.ThrowIfNull(step);
        var kept = step.Evidence.Where(e =>
            !e.Key.StartsWith(SeenPrefix, StringComparison.Ordinal) && e.Key is not (SeenAt or SeenCommand)
        );
        return step with
        {
            Evidence = kept.Concat(found).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal),
        };
    }
}
