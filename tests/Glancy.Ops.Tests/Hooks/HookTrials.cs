using Glancy.Sandbox.Production;

namespace Glancy.Ops.Tests.Hooks;

/// <summary>What a hook is to be seen as at the end of a stretch of the model's time.</summary>
public enum Seen
{
    /// <summary>Green, recovered, and not near.</summary>
    Well,

    /// <summary>Within ten per cent of red (§3), and not red.</summary>
    Near,
    Yellow,
    Red,
    Unknown,
}

/// <summary>A change of production, the time that it lasts, and what the hook says then.</summary>
internal sealed record Stretch(Seen Seen, TimeSpan Lasts, Action<ProductionModel> Change);

/// <summary>
/// A hook's life: begins well, and passes through everything it can say. The last before the silence is a cure.
/// </summary>
/// <param name="Begins">Where in a month the model begins; without a word, the 18th at 09:00 in Shanghai.</param>
internal sealed record Trial(
    string Hook,
    Func<DateTimeOffset, IReadOnlyList<Stretch>> Stretches,
    Func<DateTimeOffset, DateTimeOffset>? Begins = null
)
{
    /// <summary>The circuit is closed or it is not: nothing is near.</summary>
    public bool NeverNear { get; init; }
}

/// <summary>One trial for each hook of the runbook.</summary>
internal static class HookTrials
{
    private static readonly TimeSpan AWindow = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan ThreeWindows = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan HalfHeld = TimeSpan.FromSeconds(105);

    public static IReadOnlyList<Trial> All { get; } =
    [
        new(
            "HK-01",
            _ =>
                [
                    Well,
                    Near(Faults.BadRelease, 0.0106),
                    Red(Faults.BadRelease),
                    Cure(m => m.Train = m.Train.RolledBack("REL-B3", m.At)),
                    .. Silence,
                ]
        ),
        new(
            "HK-02",
            _ =>
                [
                    Well,
                    Near(Faults.RumSlow, 0.24),
                    Off(Faults.RumSlow),
                    Red(Faults.Overload),
                    Cure(m => m.Train = m.Train.Promoted("REL-B2", 5, m.At)),
                    .. Silence,
                ]
        ),
        new(
            "HK-03",
            _ =>
                [
                    Well,
                    Yellow(Faults.CostSurge, 0.3),
                    Near(Faults.CostSurge, 0.49),
                    Red(Faults.CostSurge),
                    Cure(m =>
                    {
                        m.Flags.Set(Sandbox.Production.Flags.CacheMode, "l2_prio");
                        m.Flags.Set(Sandbox.Production.Flags.Regenerate, "false");
                    }),
                    .. Silence,
                ]
        ),
        new(
            "HK-04",
            _ =>
                [
                    Well,
                    Yellow(Faults.Throttle, 0.5),
                    Near(Faults.Throttle, 0.61),
                    Red(Faults.Throttle),
                    Cure(m => m.Flags.Set(Sandbox.Production.Flags.UserRpm, "150")),
                    Red(Faults.QuotaMismatch),
                    Off(Faults.QuotaMismatch),
                    .. Silence,
                ]
        ),
        new(
            "HK-05",
            _ =>
                [
                    Well,
                    Near(Faults.SubscriptionLag, 0.21),
                    Red(Faults.SubscriptionLag),
                    Cure(m => m.Scale(Workloads.Poller, 2, m.At, "")),
                    .. Silence,
                ]
        ),
        new(
            "HK-06",
            _ =>
                [
                    Well,
                    Near(Faults.DoubaoErrors, 0.0685),
                    Red(Faults.DoubaoErrors),
                    Off(Faults.DoubaoErrors),
                    Red(Faults.DegradeBroken),
                    Off(Faults.DegradeBroken),
                    .. Silence,
                ]
        ),
        new(
            "circuit-open",
            _ =>
                [
                    Well,
                    new(Seen.Yellow, TimeSpan.FromMinutes(3), m => m.Faults.Set(Faults.DoubaoErrors, 1)),
                    Red(Faults.DoubaoErrors),
                    Off(Faults.DoubaoErrors),
                    .. Silence,
                ]
        )
        {
            NeverNear = true,
        },
        new(
            "contract-parse",
            _ =>
                [
                    Well,
                    Held(Faults.ContractErrors, 1),
                    Near(Faults.ContractErrors, 0.225),
                    Red(Faults.ContractErrors),
                    Off(Faults.ContractErrors),
                    .. Silence,
                ]
        ),
        new(
            "doubao-5xx",
            _ =>
                [
                    Well,
                    Held(Faults.DoubaoErrors, 0.5),
                    Near(Faults.DoubaoErrors, 0.13),
                    Red(Faults.CircuitStuck),
                    Off(Faults.CircuitStuck, Faults.DoubaoErrors),
                    .. Silence,
                ]
        ),
        new("error-budget", Budget, month => month.AddDays(Days(month)).AddMinutes(-120)),
        new(
            "slo-lookup",
            _ =>
                [
                    Well,
                    Near(Faults.BadRelease, 0.215),
                    Off(Faults.BadRelease),
                    Red(Faults.FreeSlow),
                    Cure(m => m.Flags.Set(Sandbox.Production.Flags.FreePlan, "false")),
                    .. Silence,
                ]
        ),
        new(
            "slo-regenerate",
            _ =>
                [
                    Well,
                    Near(Faults.RegenerateSlow, 0.2875),
                    Red(Faults.RegenerateSlow),
                    Off(Faults.RegenerateSlow),
                    Red(Faults.DoubaoErrors),
                    Off(Faults.DoubaoErrors),
                    .. Silence,
                ]
        ),
    ];

    private static Stretch Well => new(Seen.Well, AWindow, _ => { });

    /// <summary>Every metric stops, and comes back.</summary>
    private static Stretch[] Silence =>
        [
            new(Seen.Unknown, AWindow, m => m.Faults.Set(Faults.MetricsBlackout, 1)),
            new(Seen.Well, ThreeWindows, m => m.Faults.Set(Faults.MetricsBlackout, 0)),
        ];

    // Eight tenths of all requests fail: of a month's thousandth, 95 % are gone after a little less than an hour, and
    // all soon after. Nothing is heard over the turn of the month, and then a new budget begins.
    private static IReadOnlyList<Stretch> Budget(DateTimeOffset month)
    {
        var almost = TimeSpan.FromSeconds(15 * Math.Round(0.95 * 86.4 * Days(month) / 0.8 / 15));
        var over = TimeSpan.FromMinutes(6);
        return
        [
            Well,
            .. Silence,
            new(
                Seen.Near,
                almost,
                m =>
                {
                    m.Train = m.Train.Promoted("REL-B5", 100, m.At);
                    m.Faults.Set(Faults.BadRelease, 10);
                }
            ),
            new(Seen.Red, over, _ => { }),
            new(
                Seen.Unknown,
                TimeSpan.FromMinutes(122) - AWindow - AWindow - ThreeWindows - almost - over,
                m =>
                {
                    m.Faults.Clear();
                    m.Faults.Set(Faults.MetricsBlackout, 1);
                }
            ),
            new(Seen.Well, ThreeWindows, m => m.Faults.Clear()),
        ];
    }

    private static Stretch Near(string fault, double intensity) =>
        new(Seen.Near, AWindow, m => m.Faults.Set(fault, intensity));

    private static Stretch Yellow(string fault, double intensity) =>
        new(Seen.Yellow, AWindow, m => m.Faults.Set(fault, intensity));

    /// <summary>Beyond the limit, but not for the minute that it takes.</summary>
    private static Stretch Held(string fault, double intensity) =>
        new(Seen.Yellow, HalfHeld, m => m.Faults.Set(fault, intensity));

    private static Stretch Red(string fault) => new(Seen.Red, AWindow, m => m.Faults.Set(fault, 1));

    /// <summary>What the runbook does about it, with the fault still on.</summary>
    private static Stretch Cure(Action<ProductionModel> act) => new(Seen.Well, ThreeWindows, act);

    private static Stretch Off(params string[] faults) =>
        new(
            Seen.Well,
            ThreeWindows,
            m =>
            {
                foreach (var fault in faults)
                {
                    m.Faults.Set(fault, 0);
                }
            }
        );

    /// <param name="month">Its first instant in Shanghai.</param>
    private static int Days(DateTimeOffset month) =>
        DateTime.DaysInMonth(month.ToOffset(TimeSpan.FromHours(8)).Year, month.ToOffset(TimeSpan.FromHours(8)).Month);
}
