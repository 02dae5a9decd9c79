namespace Glancy.Sandbox.Production;

/// <summary>The LLM adapter and Doubao behind it: failures, the circuit, contract parsing (§5.2, §5.3.2).</summary>
public sealed class Doubao
{
    private const double OpensAt = 0.25;
    private const int GoodProbesToClose = 3;
    private static readonly TimeSpan StaysOpen = TimeSpan.FromSeconds(60);
    private static readonly (string Code, double Share)[] Failures = [("500", 0.7), ("503", 0.2), ("timeout", 0.1)];

    private readonly Instrument ok;
    private readonly Instrument[] failed;
    private readonly Dictionary<string, Instrument> circuit;
    private readonly Instrument parsed;
    private readonly Instrument unparsed;
    private DateTimeOffset openUntil;
    private int goodProbes;
    private bool heldOpen;
    private bool forced;

    public Doubao(Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        ok = instruments.One("doubao_requests_total", ("code", "200"));
        failed = [.. Failures.Select(f => instruments.One("doubao_requests_total", ("code", f.Code)))];
        circuit = ((string[])["closed", "open", "half_open"]).ToDictionary(
            state => state,
            state => instruments.One("circuit_state", ("upstream", "doubao"), ("state", state))
        );
        parsed = instruments.One("contract_parse_total", ("result", "ok"));
        unparsed = instruments.One("contract_parse_total", ("result", "error"));
    }

    /// <summary><c>closed</c>, <c>open</c> or <c>half_open</c>.</summary>
    public string Circuit { get; private set; } = "closed";

    /// <summary>The share of wanted answers that do not come.</summary>
    public double Missing { get; private set; }

    /// <summary>
    /// Every lookup is answered without Doubao. An adapter whose circuit is stuck hears
    /// <c>glancy.degrade.force_basic</c> only when it starts (§5.2: set it, then restart the adapter).
    /// </summary>
    public bool BasicOnly(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Flags.IsOn(Flags.ForceBasic) || (IsStuck(step) ? forced : step.Flags.IsOn(Flags.DegradeForceBasic));
    }

    /// <summary>
    /// The circuit should have opened and has not: what Doubao does not answer is not degraded, but fails (§5.3.2).
    /// </summary>
    public bool FailsOpenly(Step step) => IsStuck(step) && Circuit == "closed";

    /// <summary>
    /// Serves a step's wishes and returns the share that was answered; while the circuit is open nothing is asked, half
    /// open only probes.
    /// </summary>
    public double Serve(Step step, double wishes)
    {
        ArgumentNullException.ThrowIfNull(step);
        forced = IsStuck(step) ? forced : step.Flags.IsOn(Flags.DegradeForceBasic);
        var failing = Math.Min(
            1,
            (0.001 * step.Noise.Between(0.6, 1.4))
                + (0.4 * (step.Faults[Faults.DoubaoErrors] + step.Faults[Faults.CircuitStuck]))
        );
        Missing = Circuit == "closed" ? failing : 1;
        var probes = Circuit == "half_open" ? step.Seconds : 0;
        var asked = Circuit == "closed" ? wishes : probes;
        ok.Add(asked * (1 - failing));
        for (var i = 0; i < failed.Length; i++)
        {
            failed[i].Add(asked * failing * Failures[i].Share);
        }

        var broken = (0.0005 * step.Noise.Between(0.5, 1.5)) + (0.04 * step.Faults[Faults.ContractErrors]);
        parsed.Add(asked * (1 - failing) * (1 - broken));
        unparsed.Add(asked * (1 - failing) * broken);
        var answered = 1 - Missing;

        Switch(step, failing);
        foreach (var (state, instrument) in circuit)
        {
            instrument.Set(state == Circuit ? 1 : 0);
        }

        return answered;
    }

    /// <summary>The adapter starts anew and reads its flags.</summary>
    public void Restart(Flags flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        forced = flags.IsOn(Flags.DegradeForceBasic);
    }

    /// <summary><c>circuitctl open doubao</c>: opens it by hand; probes that go well close it again.</summary>
    public void Open(DateTimeOffset at) =>
        (Circuit, openUntil, goodProbes, heldOpen) = ("open", at + StaysOpen, 0, true);

    private static bool IsStuck(Step step) => step.Faults[Faults.CircuitStuck] > 0;

    // §5.3.2: half open after a while; three good probes in a row close it, a bad one opens it again.
    private void Switch(Step step, double failing)
    {
        var bad = failing >= OpensAt && (!IsStuck(step) || heldOpen);
        if (Circuit != "open" && bad)
        {
            (Circuit, openUntil, goodProbes) = ("open", step.At + StaysOpen, 0);
        }
        else if (Circuit == "open" && step.At >= openUntil)
        {
            Circuit = "half_open";
        }
        else if (Circuit == "half_open" && ++goodProbes >= GoodProbesToClose)
        {
            (Circuit, heldOpen) = ("closed", false);
        }
    }
}
