using System.Diagnostics;

namespace Glancy.Sandbox.Stories;

/// <summary>How long a story waits, in real time, for something that comes true by itself.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks again until it is so. False when patience ends.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Longest)
            {
                return false;
            }

            await Task.Delay(Look, cancellationToken);
        }

        return true;
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, CancellationToken)"/>
    public static Task<bool> UntilAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        UntilAsync(() => Task.FromResult(condition()), cancellationToken);
}
