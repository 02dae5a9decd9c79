using System.Diagnostics.Metrics;

namespace Glancy.Ops.Kernel.Database;

/// <summary>Counts what is given up, by queue: <c>glancy.claims.given_up</c> of the meter <c>Glancy</c>.</summary>
internal static class ClaimMeter
{
    public const string Meter = "Glancy";
    public const string Name = "glancy.claims.given_up";

    // One for the process, as the runtime's own are: whoever collects finds it by its name.
    private static readonly Counter<long> Counter = new Meter(Meter).CreateCounter<long>(
        Name,
        description: "Rows of a queue that are not tried any more"
    );

    public static void GivenUp(string queue) => Counter.Add(1, new KeyValuePair<string, object?>("queue", queue));
}
