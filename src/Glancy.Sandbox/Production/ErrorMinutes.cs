namespace Glancy.Sandbox.Production;

/// <summary>A row of the product's <c>slo_error_budget</c> (§7.3).</summary>
/// <param name="WindowStart">The row counts from here on, five minutes or, in the far past, the length of a
/// step.</param>
/// <param name="Minutes">The window's length times the share of its requests that ended in 5xx.</param>
public sealed record ErrorMinutesRow(string Metric, DateTimeOffset WindowStart, double Minutes);

/// <summary>Counts error minutes as the product does: from its own request counters, window by window.</summary>
public sealed class ErrorMinutes
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly List<Route> routes;
    private readonly List<ErrorMinutesRow> finished = [];
    private DateTimeOffset opened;

    /// <param name="instruments">With all of <c>requests_total</c> in them.</param>
    public ErrorMinutes(Instruments instruments, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        opened = start;
        var requests = instruments.All.Where(i => i.Name == "requests_total").ToList();
        routes =
        [
            new Route("lookup_availability", "/lookup", requests),
            new Route("regenerate_availability", "/regenerate", requests),
        ];
    }

    /// <summary>Closes the window once it is long enough. Called after each step.</summary>
    public void Move(DateTimeOffset at)
    {
        if (at - opened < Window)
        {
            return;
        }

        finished.AddRange(
            routes.Select(route => new ErrorMinutesRow(
                route.Metric,
                opened,
                (at - opened).TotalMinutes * route.TakeErrors()
            ))
        );
        opened = at;
    }

    /// <summary>Takes away the rows finished since the last call, oldest first.</summary>
    public IReadOnlyList<ErrorMinutesRow> Take()
    {
        var taken = finished.ToList();
        finished.Clear();
        return taken;
    }

    private sealed class Route(string metric, string route, IReadOnlyList<Instrument> requests)
    {
        private readonly List<Instrument> all = [.. requests.Where(i => i.Labels.Contains(new("route", route)))];
        private double failedBefore;
        private double before;

        public string Metric => metric;

        /// <summary>
        /// Share of the requests since the last call that ended in 5xx; without requests, none failed.
        /// </summary>
        public double TakeErrors()
        {
            var failed = all.Where(i => i.Labels.Any(l => l is { Key: "code", Value: ['5', ..] })).Sum(i => i.Value);
            var total = all.Sum(i => i.Value);
            var share = total > before ? (failed - failedBefore) / (total - before) : 0;
            (failedBefore, before) = (failed, total);
            return share;
        }
    }
}
