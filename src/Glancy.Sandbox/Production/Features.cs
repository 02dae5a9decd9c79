namespace Glancy.Sandbox.Production;

/// <summary>
/// The rest of what the ladder of §4.1 asks about: added language pairs, history, logical deletes, the mirror of the
/// bills.
/// </summary>
internal sealed class Features
{
    private const double AddedPairsShare = 0.06;
    private const double HistoryPerSecond = 60;
    private const double DeletesPerSecond = 2;
    private const double BillsPerSecond = 1.5;
    private static readonly (string Pair, bool Added, double Share)[] Pairs =
    [
        ("zh-en", false, 0.61),
        ("en-zh", false, 0.33),
        ("zh-ja", true, AddedPairsShare / 2),
        ("zh-ko", true, AddedPairsShare / 2),
    ];
    private static readonly double[] Bounds = [0.25, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 20];

    private readonly Dictionary<(string Pair, string Colour), (Instrument Found, Instrument Missed)> pairs = [];
    private readonly Dictionary<string, (Instrument Good, Instrument Bad)> history = [];
    private readonly Histogram deletes;
    private readonly Instrument billsAgree;
    private readonly Instrument billsDiffer;

    public Features(Instruments instruments)
    {
        foreach (var colour in Traffic.Colours)
        {
            foreach (var (pair, added, _) in Pairs)
            {
                pairs[(pair, colour)] = (Pair(pair, added, colour, "ok"), Pair(pair, added, colour, "error"));
            }

            history[colour] = (
                instruments.One("history_requests_total", ("colour", colour), ("result", "ok")),
                instruments.One("history_requests_total", ("colour", colour), ("result", "error"))
            );
        }

        deletes = instruments.Histogram("logical_delete_seconds", Bounds);
        billsAgree = instruments.One("billing_mirror_checks_total", ("result", "match"));
        billsDiffer = instruments.One("billing_mirror_checks_total", ("result", "mismatch"));

        Instrument Pair(string pair, bool added, string colour, string result) =>
            instruments.One(
                "language_pair_requests_total",
                ("pair", pair),
                ("added", added ? "true" : "false"),
                ("colour", colour),
                ("result", result)
            );
    }

    public void Move(Step step, double lookups)
    {
        foreach (var colour in Traffic.Colours)
        {
            var share = step.Train.ShareOf(colour);
            var isNew = colour == step.Train.NewColour;
            foreach (var (pair, added, part) in Pairs)
            {
                var missing =
                    (0.0008 * step.Noise.Between(0.6, 1.4))
                    + (added && isNew ? 0.03 * step.Faults[Faults.LanguagePairs] : 0);
                Share(pairs[(pair, colour)], lookups * share * part, missing);
            }

            Share(
                history[colour],
                HistoryPerSecond * step.Seconds * step.DayShape * share,
                0.0001 + (isNew ? 0.02 * step.Faults[Faults.HistoryErrors] : 0)
            );
        }

        deletes.Observe(
            DeletesPerSecond * step.Seconds,
            new LogNormal(0.9 * (1 + (3 * step.Faults[Faults.DeleteSlow])) * step.Noise.About1(0.03), 0.4)
        );
        Share((billsAgree, billsDiffer), BillsPerSecond * step.Seconds, 0.02 * step.Faults[Faults.BillingDrift]);
    }

    private static void Share((Instrument Good, Instrument Bad) counted, double count, double bad)
    {
        counted.Good.Add(count * (1 - Math.Min(1, bad)));
        counted.Bad.Add(count * Math.Min(1, bad));
    }
}
