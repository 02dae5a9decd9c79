namespace Glancy.Sandbox.Production;

/// <summary>
/// Tokens that Doubao's answers take and what they cost (§5.2): a lookup's prompt is fixed, each example sentence adds
/// to the answer.
/// </summary>
internal sealed class Tokens
{
    private const double DailyBudgetYuan = 50_000;
    private const double YuanPerThousandIn = 0.0008;
    private const double YuanPerThousandOut = 0.002;
    private const int StepsOfFiveMinutes = 20;
    private static readonly double[] Levels = [0.8, 0.95, 1.2];
    private static readonly (string Route, double In, double Out, double OutPerExample)[] Prices =
    [
        ("/lookup", 350, 150.5, 41.5),
        ("/regenerate", 900, 795, 165),
    ];

    private readonly Instrument[] taken;
    private readonly Instrument[] given;
    private readonly Instrument spend;
    private readonly Instrument budget;
    private readonly Queue<double> lately = new();
    private double level;

    public Tokens(Instruments instruments)
    {
        taken = [.. Prices.Select(p => instruments.One("tokens_in_total", ("route", p.Route)))];
        given = [.. Prices.Select(p => instruments.One("tokens_out_total", ("route", p.Route)))];
        spend = instruments.One("cost_spend_yuan_total");
        budget = instruments.One("cost_daily_budget_yuan");
    }

    /// <summary>Counts what answers took. A budget's limit that is newly passed is an event (§5.2).</summary>
    public void Use(Step step, double lookups, double regenerations, StepRows rows)
    {
        var each = (1 + (2 * step.Faults[Faults.CostSurge])) * step.Noise.About1(0.03);
        var yuan = 0.0;
        double[] answers = [lookups, regenerations];
        for (var i = 0; i < Prices.Length; i++)
        {
            var price = Prices[i];
            var tokensIn = answers[i] * each * price.In;
            var tokensOut = answers[i] * each * (price.Out + (price.OutPerExample * step.Flags.Number(Flags.Examples)));
            taken[i].Add(tokensIn);
            given[i].Add(tokensOut);
            yuan += ((tokensIn * YuanPerThousandIn) + (tokensOut * YuanPerThousandOut)) / 1000;
        }

        spend.AddExactly(yuan);
        budget.Set(DailyBudgetYuan);
        if (step.IsFine)
        {
            Watch(step, yuan, rows);
        }
    }

    private void Watch(Step step, double yuan, StepRows rows)
    {
        lately.Enqueue(yuan);
        if (lately.Count > StepsOfFiveMinutes)
        {
            lately.Dequeue();
        }

        var burn = lately.Average() * (86_400 / step.Seconds) / DailyBudgetYuan;
        var now = lately.Count < StepsOfFiveMinutes ? 0 : Levels.LastOrDefault(l => burn >= l);
        if (now > level)
        {
            rows.BudgetEvents.Add(new BudgetEventRow(step.At, now, Math.Round(burn, 3), Math.Round(spend.Value, 2)));
        }

        level = now;
    }
}
