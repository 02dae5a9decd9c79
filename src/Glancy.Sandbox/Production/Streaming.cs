namespace Glancy.Sandbox.Production;

/// <summary>
/// Streamed segments and what clients acknowledge of them (§5.2): over WSS, or by HTTP polling when that is ill.
/// </summary>
internal sealed class Streaming
{
    private const double SegmentsPerSecond = 400;
    private static readonly string[] Transports = ["wss", "http_polling"];
    private static readonly double[] Bounds = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2];

    private readonly Dictionary<string, (Instrument Acked, Instrument Lost, Instrument Sessions)> transports;
    private readonly Histogram acknowledged;

    public Streaming(Instruments instruments)
    {
        transports = Transports.ToDictionary(
            t => t,
            t =>
                (
                    instruments.One("streaming_segments_total", ("transport", t), ("result", "acked")),
                    instruments.One("streaming_segments_total", ("transport", t), ("result", "lost")),
                    instruments.One("streaming_sessions", ("transport", t))
                )
        );
        acknowledged = instruments.Histogram("streaming_ack_seconds", Bounds);
    }

    public void Move(Step step)
    {
        var chosen = step.Flags[Flags.StreamingTransport];
        var overWss = chosen == "wss";
        var segments = SegmentsPerSecond * step.Seconds * step.DayShape * step.Noise.About1(0.03);
        var wrong = overWss ? step.Faults[Faults.StreamingLoss] : 0;
        var lost = Math.Min(1, (0.0004 * step.Noise.Between(0.6, 1.4)) + (0.015 * wrong));
        foreach (var (name, (ackedOnes, lostOnes, sessions)) in transports)
        {
            var share = name == chosen ? 1 : 0;
            ackedOnes.Add(share * segments * (1 - lost));
            lostOnes.Add(share * segments * lost);
            sessions.Set(share * Math.Round(900 * step.DayShape));
        }

        // Polling is slower, but sure.
        var median = (overWss ? 0.12 : 0.35) * (1 + wrong) * step.Noise.About1(0.03);
        acknowledged.Observe(segments * (1 - lost), new LogNormal(median, 0.4));
    }
}
