using System.Diagnostics;

namespace Glancy.Sandbox.Tests;

/// <summary>Waiting for something that comes true by itself.</summary>
public static class Deadline
{
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "it did not come true in time");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));
}
