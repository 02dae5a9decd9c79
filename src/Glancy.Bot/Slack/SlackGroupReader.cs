using Glancy.Ops.Roster.Sources;
using Glancy.Runbook.Roster;
using Glancy.Slack.Api;

namespace Glancy.Bot.Slack;

/// <summary>Who holds a role that is kept as a Slack user group: its members, from now on.</summary>
internal sealed class SlackGroupReader(ISlackApiClient slack) : IRosterReader
{
    public SourceKind Kind => SourceKind.SlackGroup;

    /// <inheritdoc/>
    public async Task<RosterReading> ReadAsync(
        string id,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await slack.In(SlackLane.Bulk).UserGroups.Users.List(id, cancellationToken) switch
        {
            SlackOk<IReadOnlyList<string>> { Value: var members } => new RosterReading.Heard(
                [.. members.Select(m => new HeardTurn(m, null, null))],
                null
            ),
            SlackFailed<IReadOnlyList<string>> { Error: var error } => new RosterReading.NotHeard(error.Code),
            _ => new RosterReading.NotHeard("unknown"),
        };
}
