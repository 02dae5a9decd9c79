namespace Glancy.Sandbox.Slack.Page.Conversation;

/// <summary>How much a person has not seen of the channels that are not open.</summary>
internal sealed class Unread
{
    private readonly Dictionary<string, string> seen = [];
    private readonly Dictionary<string, int> counts = [];

    /// <summary>What is there when the page is opened counts as seen.</summary>
    public void Begin(Workspace workspace, string person)
    {
        foreach (var channel in workspace.Members.ChannelsOf(person))
        {
            Seen(channel.Id, Line.In(workspace, channel.Id, person));
        }
    }

    public void Seen(string channel, IReadOnlyList<Line> lines)
    {
        seen[channel] = lines is [.., var last] ? last.Id : "";
    }

    public void Count(Workspace workspace, string person)
    {
        foreach (var channel in workspace.Members.ChannelsOf(person))
        {
            var last = seen.GetValueOrDefault(channel.Id, "");
            counts[channel.Id] = Line.In(workspace, channel.Id, person)
                .Count(l => string.CompareOrdinal(l.Id, last) > 0 && l.From != person);
        }
    }

    public int Of(string channel) => counts.GetValueOrDefault(channel);
}
