namespace Glancy.Sandbox.Slack.Page.Conversation;

/// <summary>One message as the list shows it: what all see, or what one person sees.</summary>
public abstract record Line(string Id, string From, DateTimeOffset At)
{
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    public sealed record Shared(
        Message Message,
        int Answers,
        IReadOnlyList<string> Answerers,
        DateTimeOffset? LastAnswer
    ) : Line(Message.Ts, Message.User, Message.At);

    public sealed record Aside(Ephemeral Message) : Line(Message.Id, Message.From, Message.At);

    /// <summary>The first of its day.</summary>
    public bool OpensDay { get; init; }

    /// <summary>Follows soon on another of the same person, so that name and picture need not be said again.</summary>
    public bool Follows { get; init; }

    /// <summary>What a person sees in a channel, the oldest first.</summary>
    public static IReadOnlyList<Line> In(Workspace workspace, string channel, string person)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return Grouped(
            workspace.Board.In(channel).Select(m => Of(workspace, m)),
            workspace.Asides.Of(person).Where(a => a.Channel == channel && a.ThreadTs is null)
        );
    }

    /// <summary>A message and its answers.</summary>
    public static IReadOnlyList<Line> InThread(Workspace workspace, string channel, string thread, string person)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return Grouped(
            workspace.Board.Thread(channel, thread).Select(m => new Shared(m, 0, [], null)),
            workspace.Asides.Of(person).Where(a => a.Channel == channel && a.ThreadTs == thread)
        );
    }

    private static Shared Of(Workspace workspace, Message message)
    {
        if (message.ThreadTs != message.Ts)
        {
            return new Shared(message, 0, [], null);
        }

        var answers = workspace.Board.Thread(message.Channel, message.Ts).Skip(1).ToList();
        return new Shared(
            message,
            answers.Count,
            [.. answers.Select(a => a.User).Distinct().Take(4)],
            answers.LastOrDefault()?.At
        );
    }

    private static List<Line> Grouped(IEnumerable<Shared> shared, IEnumerable<Ephemeral> asides)
    {
        var lines = new List<Line>();
        foreach (
            var line in shared.Concat<Line>(asides.Select(a => new Aside(a))).OrderBy(l => l.Id, StringComparer.Ordinal)
        )
        {
            var before = lines.LastOrDefault();
            var opens = before is null || ShanghaiTime.Of(before.At).Date != ShanghaiTime.Of(line.At).Date;
            var follows =
                !opens
                && before is { } b
                && b.GetType() == line.GetType()
                && b.From == line.From
                && line.At - b.At < Together
                && line is not Shared { Message: { Subtype: not null } or { IsBroadcast: true } }
                && b is not Shared { Message.Subtype: not null };
            lines.Add(line with { OpensDay = opens, Follows = follows });
        }

        return lines;
    }
}
