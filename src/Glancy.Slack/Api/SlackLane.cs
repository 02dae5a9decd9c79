namespace Glancy.Slack.Api;

/// <summary>
/// Who goes first when Slack lets only so many calls through; the order is the rank. Within a lane the first comes
/// first.
/// </summary>
public enum SlackLane
{
    /// <summary>Somebody has to wake up.</summary>
    Alert,

    /// <summary>Somebody waits for the answer to a click or a command.</summary>
    Confirmation,

    /// <summary>The card of a run.</summary>
    Card,

    /// <summary>Everything that may wait. It also leaves the last permits to the other three.</summary>
    Bulk,
}
