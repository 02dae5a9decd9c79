namespace Glancy.Sandbox.Production;

/// <summary>
/// Requests to /lookup and /regenerate on both colours: how many, how answered, how fast (§4.2, §4.3).
/// </summary>
public sealed class Traffic
{
    public static readonly string[] Colours = ["blue", "green"];
    public static readonly string[] Codes = ["200", "429", "500", "503"];

    private const double LookupsPerSecond = 1000;
    private const double RegenerationsPerSecond = 25;
    private const double RefusedRegenerations = 0.003;
    private static readonly (string Name, double Share)[] Plans = [("free", 0.70), ("plus", 0.22), ("pro", 0.08)];
    private static readonly double[] Bounds = [0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 2.8, 3, 4, 5];

    private readonly Dictionary<
        (string Route, string Colour, string Plan, string Code, bool Degraded),
        Instrument
    > requests = [];
    private readonly Dictionary<(string Route, string Colour, string Plan), Histogram> durations = [];
    private readonly Dictionary<string, double> unfinished = [];
    private readonly Caches caches;
    private readonly Capacity capacity;
    private readonly RateLimits limits;
    private readonly Tokens tokens;
    private readonly ErrorBudget budget = new();
    private readonly Doubao doubao;

    public Traffic(Instruments instruments, Doubao doubao)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        this.doubao = doubao;
        foreach (
            var (route, colour) in ((string[])["/lookup", "/regenerate"]).SelectMany(r => Colours.Select(c => (r, c)))
        )
        {
            foreach (var (plan, code) in Plans.SelectMany(p => Codes.Select(c => (p.Name, c))))
            {
                // Only answers are degraded, never refusals; regenerate has no basic answer to fall back to.
                foreach (var degraded in code == "200" && route == "/lookup" ? (bool[])[false, true] : [false])
                {
                    requests[(route, colour, plan, code, degraded)] = instruments.One(
                        "requests_total",
                        ("route", route),
                        ("colour", colour),
                        ("plan", plan),
                        ("code", code),
                        ("degraded", degraded ? "true" : "false")
                    );
                }
            }

            foreach (var (plan, _) in Plans)
            {
                durations[(route, colour, plan)] = instruments.Histogram(
                    "request_duration_seconds",
                    Bounds,
                    ("route", route),
                    ("colour", colour),
                    ("plan", plan)
                );
            }
        }

        caches = new Caches(instruments);
        capacity = new Capacity(instruments);
        limits = new RateLimits(instruments);
        tokens = new Tokens(instruments);
    }

    /// <summary>Share of /lookup requests of the last step that ended in 5xx, both colours together.</summary>
    public double LookupErrors { get; private set; }

    /// <summary>Number of /lookup requests of the last step.</summary>
    public double Lookups { get; private set; }

    public void Move(Step step, StepRows rows)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(rows);
        var admitted = step.Flags.IsOn(Flags.FreePlan) ? 1 : 1 - Plans[0].Share;
        var people = step.DayShape * (1 + (0.8 * step.Faults[Faults.TrafficSurge])) * admitted;
        Lookups = LookupsPerSecond * step.Seconds * people * step.Noise.About1(0.02);
        var regenerations = step.Flags.IsOn(Flags.Regenerate)
            ? RegenerationsPerSecond * step.Seconds * people * step.Noise.About1(0.03)
            : 0;

        var wanted = caches.Pass(step, Lookups);
        var asking = doubao.BasicOnly(step) ? 0 : wanted * Lookups;
        var answered = doubao.Serve(step, asking + regenerations);
        tokens.Use(step, answered * asking, answered * regenerations, rows);
        limits.Move(step, Lookups + regenerations);
        var slows = capacity.Slows(step, Lookups / (LookupsPerSecond * step.Seconds));
        LookupErrors = 0;
        foreach (var colour in Colours)
        {
            Answer(
                step,
                colour,
                Lookups * step.Train.ShareOf(colour),
                LookupAnswers.Of(step, colour, wanted, doubao),
                slows
            );
            Regenerate(step, colour, regenerations * step.Train.ShareOf(colour), slows);
        }

        budget.Count(step, "lookup", LookupErrors, rows);
        budget.Count(step, "regenerate", regenerations > 0 ? Unanswered : 0, rows);
    }

    /// <summary>§5.2: every second regeneration that Doubao does not answer is answered by another try.</summary>
    private double Unanswered => doubao.Missing * 0.5;

    private void Answer(Step step, string colour, double count, LookupAnswers answers, double slows)
    {
        LookupErrors += step.Train.ShareOf(colour) * (answers.Failed + answers.Unavailable);
        Fail(step, colour, count * answers.Failed);
        var slowness = slows * step.Noise.About1(0.02);
        foreach (var (plan, share) in PlansOf(step))
        {
            var n = count * share;
            var answered = n * (1 - answers.Refused - answers.Failed - answers.Unavailable);
            requests[("/lookup", colour, plan, "429", false)].Add(n * answers.Refused);
            requests[("/lookup", colour, plan, "503", false)].Add(n * answers.Unavailable);
            requests[("/lookup", colour, plan, "200", true)].Add(answered * answers.Degraded);
            requests[("/lookup", colour, plan, "200", false)].Add(answered * (1 - answers.Degraded));
            durations[("/lookup", colour, plan)]
                .Observe(
                    n,
                    answers.Duration with
                    {
                        Median = answers.Duration.Median * slowness * LookupAnswers.Patience(step, plan),
                    }
                );
        }
    }

    // A handful of errors falls on one plan. Counted apart per plan they would come due together now and then, and on
    // the little traffic of a first rung three of them are a red light.
    private void Fail(Step step, string colour, double errors)
    {
        const double Handful = 5;
        unfinished[colour] = unfinished.GetValueOrDefault(colour) + errors;
        var whole = Math.Floor(unfinished[colour]);
        unfinished[colour] -= whole;
        var plans = PlansOf(step).ToList();
        if (whole <= Handful)
        {
            var dice = step.Noise.Uniform();
            var plan = plans.FirstOrDefault(p => (dice -= p.Share) < 0, plans[0]).Name;
            requests[("/lookup", colour, plan, "500", false)].Add(whole);
            return;
        }

        foreach (var (plan, share) in plans)
        {
            requests[("/lookup", colour, plan, "500", false)].Add(whole * share);
        }
    }

    private void Regenerate(Step step, string colour, double count, double slows)
    {
        var refused = RateLimits.Refused(step, RefusedRegenerations);
        var unavailable = Unanswered;
        var duration = new LogNormal(
            1.2 * (1 + (0.8 * step.Faults[Faults.RegenerateSlow])) * slows * step.Noise.About1(0.02),
            0.4
        );
        foreach (var (plan, share) in PlansOf(step))
        {
            var n = count * share;
            requests[("/regenerate", colour, plan, "429", false)].Add(n * refused);
            requests[("/regenerate", colour, plan, "503", false)].Add(n * unavailable);
            requests[("/regenerate", colour, plan, "200", false)].Add(n * (1 - refused - unavailable));
            durations[("/regenerate", colour, plan)].Observe(n, duration);
        }
    }

    private static IEnumerable<(string Name, double Share)> PlansOf(Step step) =>
        step.Flags.IsOn(Flags.FreePlan) ? Plans : Plans.Skip(1).Select(p => (p.Name, p.Share / (1 - Plans[0].Share)));
}
