using Glancy.Sandbox.Stories.Venues;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>
/// A day, a night and the morning after, with what comes up in them (C1 to C6): what the bot does when nobody asks.
/// </summary>
internal sealed class ShiftStory : IStory
{
    /// <summary>19:00 and 07:00 in Shanghai.</summary>
    private static readonly DateTimeOffset Evening = new(2025, 4, 18, 11, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Morning = Evening.AddHours(12);

    public string Name => "shift";

    public string About =>
        "Two changes of shift: turns are swapped, exports pile up, alerts storm, nobody answers a Sev-2, a switch is "
        + "left on.";

    public Beginning Beginning => Beginning.GoodRelease;

    public Through? Only => Through.Slack;

    public bool Alerts => true;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        // People take their time here; what has to pass is passed in leaps.
        await stage.World.SetRateAsync(1, cancellationToken);
        await SwapScene.PlayAsync(stage, Morning, cancellationToken);
        await QueueScene.PlayAsync(stage, cancellationToken);
        await StormScene.PlayAsync(stage, cancellationToken);
        var incident = await UnansweredScene.PlayAsync(stage, cancellationToken);
        await stage.UntilAsync(Evening.AddMinutes(-40), Crew.Leap, cancellationToken);
        await LeftScene.PlayAsync(stage, cancellationToken);
        await EveningScene.PlayAsync(stage, Evening, incident, cancellationToken);
        await MorningScene.PlayAsync(stage, Evening, Morning, cancellationToken);
        await ReminderScene.PlayAsync(stage, cancellationToken);
        await ReminderScene.CleanAsync(stage, Morning, incident, cancellationToken);
        await TrailScene.PlayAsync(stage, cancellationToken);
    }
}
