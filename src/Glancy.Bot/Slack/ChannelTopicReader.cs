using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Status;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Slack;

/// <summary>Reads what the channel's topic is to say now.</summary>
internal sealed class ChannelTopicReader(RedLights lights, TrainReader trains, SlackPeople people)
{
    public async Task<string> ReadAsync(DutyOutlook duty, CancellationToken cancellationToken)
    {
        var train = await trains.ReadAsync(cancellationToken);
        var red = await lights.OpenAsync(cancellationToken);
        return SlackTopic.Of(red, train.Release.OrNull(), train.Freeze, duty, people.ChannelWords);
    }
}
