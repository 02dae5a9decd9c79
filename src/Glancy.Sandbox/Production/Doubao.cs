namespace Glancy.Sandbox.Production;

/// <summary>The LLM adapter and Doubao behind it: failures, the circuit, contract parsing, cost (§5.2, §5.3.2).</summary>
public sealed class Doubao
{
    private const double DailyBudgetYuan = 50_000;
    private const double YuanPerLookup = 0.00083;
    private const double YuanPerRegenerate = 0.0033;
    private const double OpensAt = 0.25;
    private const int GoodProbesToClose = 3;
    private static readonly TimeSpan StaysOpen = TimeSpan.FromSeconds(60);
    private static readonly (string Code, double Share)[] Failures = [("500", 0.7), ("503", 0.2), ("timeout", 0.1)];

    private readonly Instrument ok;
    private readonly Instrument[] failed;
    private readonly Dictionary<string, Instrument> circuit;
    private readonly Instrument parsed;
    private readonly Instrument unparsed;
    private readonly Instrument spend;
    private readonly Instrument budget;
    private DateTimeOffset openUntil;
    private int goodProbes;

    public Doubao(Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        ok = instruments.One("doubao_requests_total", ("code", "200"));
        failed = [.. Failures.Select(f => instruments.One("doubao_requests_total", ("code", f.Code)))];
        circuit = ((string[])["closed", "open", "half_open"]).ToDictionary(
            state => state, state => instruments.One("circuit_state", ("upstream", "doubao"), ("state", state)));
        parsed = instruments.One("contract_parse_total", ("result", "ok"));
        unparsed = instruments.One("contract_parse_total", ("result", "error"));
        spend = instruments.One("cost_spend_yuan_total");
        budget = instruments.One("cost_daily_budget_yuan");
    }

    /// <summary><c>closed</c>, <c>open</c> or <c>half_open</c>.</summary>
    public string Circuit { get; private set; } = "closed";

    /// <summary>The share of wanted answers that do not come.</summary>
    public double Missing { get; private set; }

    /// <summary>Serves a step's wishes; while the circuit is open nothing is asked, half open only probes.</summary>
    public void Serve(Step step, double lookups, double regenerations)
    {
        ArgumentNullException.ThrowIfNull(step);
        var failing = Math.Min(1, (0.001 * step.Noise.Between(0.6, 1.4)) + (0.4 * step.Faults[Faults.DoubaoErrors]));
        Missing = Circuit == "closed" ? failing : 1;
        var probes = Circuit == "half_open" ? step.Seconds : 0;
        var asked = Circuit == "closed" ? lookups + regenerations : probes;
        ok.Add(asked * (1 - failing));
        for (var i = 0; i < failed.Length; i++)
        {
            failed[i].Add(asked * failing * Failures[i].Share);
        }

        var broken = (0.0005 * step.Noise.Between(0.5, 1.5)) + (0.04 * step.Faults[Faults.ContractErrors]);
        parsed.Add(asked * (1 - failing) * (1 - broken));
        unparsed.Add(asked * (1 - failing) * broken);

        var examples = 0.7 + (0.1 * step.Flags.Number(Flags.Examples));
        var price = examples * (1 + (2 * step.Faults[Faults.CostSurge])) * step.Noise.About1(0.03);
        spend.AddExactly((1 - Missing) * price * ((lookups * YuanPerLookup) + (regenerations * YuanPerRegenerate)));
        budget.Set(DailyBudgetYuan);

        Switch(step.At, failing);
        foreach (var (state, instrument) in circuit)
        {
            instrument.Set(state == Circuit ? 1 : 0);
        }
    }

    // §5.3.2: half open after a while; three good probes in a row close it, a bad one opens it again.
    private void Switch(DateTimeOffset at, double failing)
    {
        var bad = failing >= OpensAt;
        if (Circuit != "open" && bad)
        {
            (Circuit, openUntil, goodProbes) = ("open", at + StaysOpen, 0);
        }
        else if (Circuit == "open" && at >= openUntil)
        {
            Circuit = "half_open";
        }
        else if (Circuit == "half_open" && ++goodProbes >= GoodProbesToClose)
        {
            Circuit = "closed";
        }
    }
}
