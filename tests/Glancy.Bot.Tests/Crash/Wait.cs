using System.Diagnostics;

namespace Glancy.Bot.Tests.Crash;

/// <summary>Waiting for something that comes true by itself, with a deadline.</summary>
public static class Wait
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(40);

    /// <summary>False when it did not come true in time.</summary>
    public static Task<bool> TryUntilAsync(
        Func<bool> condition,
        TimeSpan deadline,
        CancellationToken cancellationToken
    ) => TryUntilAsync(() => Task.FromResult(condition()), deadline, cancellationToken);

    /// <inheritdoc cref="TryUntilAsync(Func{bool}, TimeSpan, CancellationToken)"/>
    public static async Task<bool> TryUntilAsync(
        Func<Task<bool>> condition,
        TimeSpan deadline,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > deadline)
            {
                return false;
            }

            await Task.Delay(Look, cancellationToken);
        }

        return true;
    }

    public static Task UntilAsync(Func<bool> condition, string what, CancellationToken cancellationToken) =>
        UntilAsync(() => Task.FromResult(condition()), what, cancellationToken);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken) =>
        Assert.True(
            await TryUntilAsync(condition, TimeSpan.FromMinutes(1), cancellationToken),
            $"did not come true in time: {what}"
        );
}
