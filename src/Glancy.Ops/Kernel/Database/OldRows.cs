using Glancy.Ops.Kernel.Time;

namespace Glancy.Ops.Kernel.Database;

/// <summary>Rows of one owner that nobody asks for any more after a while.</summary>
internal interface IOldRows
{
    /// <summary>World time.</summary>
    TimeSpan Kept { get; }

    /// <summary>Takes some of those from before away; how many.</summary>
    Task<int> RemoveAsync(DateTimeOffset before, int atOnce, CancellationToken cancellationToken);
}

/// <summary>
/// Takes away what nobody asks for any more, some at a time. Only what is measured or told again and again: what people
/// did and what was done for them - runs, incidents, handovers, the audit - stays.
/// </summary>
internal sealed class OldRows(IEnumerable<IOldRows> owners, TimeProvider clock) : IRecurringJob
{
    private const int AtOnce = 1_000;
    private const int Turns = 20;

    public string Name => "old-rows";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        foreach (var owner in owners)
        {
            // What is still left after so many goes the next time: nobody has to wait for a broom.
            var (before, turns) = (now - owner.Kept, Turns);
            while (turns-- > 0 && await owner.RemoveAsync(before, AtOnce, cancellationToken) > 0) { }
        }
    }
}
