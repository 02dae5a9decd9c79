namespace Glancy.Sandbox.Slack.Page;

/// <summary>People press what they see, and what they see may be gone by then.</summary>
internal static class StillThere
{
    /// <summary>
    /// Does it, unless what was pressed is no longer there; the page shows by itself what came instead.
    /// </summary>
    public static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ArgumentException) { }
    }

    /// <inheritdoc cref="TryAsync"/>
    public static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (ArgumentException) { }
    }
}
