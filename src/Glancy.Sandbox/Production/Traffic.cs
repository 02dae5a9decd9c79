namespace Glancy.Sandbox.Production;

/// <summary>Requests to /lookup and /regenerate on both colours: how many, how answered, how fast (§4.2, §4.3).</summary>
public sealed class Traffic
{
    public static readonly string[] Colours = ["blue", "green"];
    public static readonly string[] Codes = ["200", "429", "500", "503"];

    private const double LookupsPerSecond = 1000;
    private const double RegenerationsPerSecond = 25;
    private static readonly (string Name, double Share)[] Plans = [("free", 0.70), ("plus", 0.22), ("pro", 0.08)];
    private static readonly double[] Bounds = [0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 2.8, 3, 4, 5];

    private readonly Dictionary<(string Route, string Colour, string Plan, string Code, bool Degraded), Instrument> requests = [];
    private readonly Dictionary<(string Route, string Colour), Histogram> durations = [];
    private readonly Dictionary<string, double> unfinished = [];
    private readonly Instrument[] cache;
    private readonly Doubao doubao;

    public Traffic(Instruments instruments, Doubao doubao)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        this.doubao = doubao;
        foreach (var (route, colour) in ((string[])["/lookup", "/regenerate"]).SelectMany(r => Colours.Select(c => (r, c))))
        {
            foreach (var (plan, code) in Plans.SelectMany(p => Codes.Select(c => (p.Name, c))))
            {
                // Only answers are degraded, never refusals; regenerate has no basic answer to fall back to.
                foreach (var degraded in code == "200" && route == "/lookup" ? (bool[])[false, true] : [false])
                {
                    requests[(route, colour, plan, code, degraded)] = instruments.One(
                        "requests_total", ("route", route), ("colour", colour), ("plan", plan), ("code", code), ("degraded", degraded ? "true" : "false"));
                }
            }

            durations[(route, colour)] = instruments.Histogram("request_duration_seconds", Bounds, ("route", route), ("colour", colour));
        }

        cache = [.. ((string[])["l1", "l2"]).SelectMany(level => ((string[])["hit", "miss"]).Select(
            result => instruments.One("cache_requests_total", ("level", level), ("result", result))))];
    }

    /// <summary>Share of /lookup requests of the last step that ended in 5xx, both colours together.</summary>
    public double LookupErrors { get; private set; }

    /// <summary>Number of /lookup requests of the last step.</summary>
    public double Lookups { get; private set; }

    public void Move(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var admitted = step.Flags.IsOn(Flags.FreePlan) ? 1 : 1 - Plans[0].Share;
        Lookups = LookupsPerSecond * step.Seconds * step.DayShape * step.Noise.About1(0.02) * admitted;
        var regenerations = step.Flags.IsOn(Flags.Regenerate) ? RegenerationsPerSecond * step.Seconds * step.DayShape * step.Noise.About1(0.03) * admitted : 0;

        var wanted = ThroughCaches(step);
        doubao.Serve(step, step.Flags.BasicOnly ? 0 : wanted * Lookups, regenerations);
        LookupErrors = 0;
        foreach (var colour in Colours)
        {
            Answer(step, colour, Lookups * step.Train.ShareOf(colour), LookupAnswers.Of(step, colour, wanted, doubao));
            Regenerate(step, colour, regenerations * step.Train.ShareOf(colour));
        }
    }

    // Returns the share of lookups that no cache answers.
    private double ThroughCaches(Step step)
    {
        var l1 = 0.56 * step.Noise.About1(0.01);
        var l2 = (step.Flags[Flags.CacheMode] == "l2_prio" ? 0.60 : 0.34) * step.Noise.About1(0.015);
        cache[0].Add(Lookups * l1);
        cache[1].Add(Lookups * (1 - l1));
        cache[2].Add(Lookups * (1 - l1) * l2);
        cache[3].Add(Lookups * (1 - l1) * (1 - l2));
        return (1 - l1) * (1 - l2);
    }

    private void Answer(Step step, string colour, double count, LookupAnswers answers)
    {
        LookupErrors += step.Train.ShareOf(colour) * (answers.Failed + answers.Unavailable);
        Fail(step, colour, count * answers.Failed);
        foreach (var (plan, share) in PlansOf(step))
        {
            var n = count * share;
            var answered = n * (1 - answers.Refused - answers.Failed - answers.Unavailable);
            requests[("/lookup", colour, plan, "429", false)].Add(n * answers.Refused);
            requests[("/lookup", colour, plan, "503", false)].Add(n * answers.Unavailable);
            requests[("/lookup", colour, plan, "200", true)].Add(answered * answers.Degraded);
            requests[("/lookup", colour, plan, "200", false)].Add(answered * (1 - answers.Degraded));
        }

        durations[("/lookup", colour)].Observe(count, answers.Duration with { Median = answers.Duration.Median * step.Noise.About1(0.02) });
    }

    // A handful of errors falls on one plan. Counted apart per plan they would come due together now and then, and on the
    // little traffic of a first rung three of them are a red light.
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

    private void Regenerate(Step step, string colour, double count)
    {
        var refused = 0.003 + (0.04 * step.Faults[Faults.Throttle]);
        var unavailable = doubao.Missing * 0.5;
        foreach (var (plan, share) in PlansOf(step))
        {
            var n = count * share;
            requests[("/regenerate", colour, plan, "429", false)].Add(n * refused);
            requests[("/regenerate", colour, plan, "503", false)].Add(n * unavailable);
            requests[("/regenerate", colour, plan, "200", false)].Add(n * (1 - refused - unavailable));
        }

        durations[("/regenerate", colour)].Observe(count, new LogNormal(1.2 * step.Noise.About1(0.02), 0.4));
    }

    private static IEnumerable<(string Name, double Share)> PlansOf(Step step) => step.Flags.IsOn(Flags.FreePlan)
        ? Plans
        : Plans.Skip(1).Select(p => (p.Name, p.Share / (1 - Plans[0].Share)));
}
