using Glancy.Bot.Commands.Home;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Status;
using Glancy.Bot.Slack.Inbox;
using Glancy.Ops.Handovers;
using Glancy.Runbook.People;

namespace Glancy.Bot.Slack.Home;

/// <summary>What stands on everybody's Home.</summary>
/// <param name="FollowUps">Open ones, the oldest first.</param>
internal sealed record HomeFacts(Overview Overview, IReadOnlyList<FollowUp> FollowUps);

/// <summary>Reads what a Home shows, and puts it into the language of the one person whose it is.</summary>
internal sealed class HomeReader(
    OverviewReader overviews,
    FollowUpStore followUps,
    SlackUserProfiles readers,
    SlackPeople people,
    Revealing revealing
)
{
    private static readonly HashSet<string> Nothing = [];

    /// <summary>Once for all Homes of a turn.</summary>
    public async Task<HomeFacts> ReadAsync(CancellationToken cancellationToken) =>
        new(await overviews.ReadAsync(cancellationToken), await followUps.OpenAsync(cancellationToken));

    public async Task<SlackShown> ShowAsync(
        HomeFacts facts,
        string user,
        Person person,
        CancellationToken cancellationToken
    )
    {
        var reader = await readers.GetAsync(user, cancellationToken);
        var names = people.Names(people.Words(person, reader));
        var mine = HomeView.Mine(facts.Overview.Runs, person, facts.Overview.OnCall, names);
        var page = HomeView.Page(facts.Overview, mine, facts.FollowUps, person, names);
        var masked = new PageMask(revealing.Masker(), Nothing).Of(page);
        return SlackPage.Render(masked, [], names.Words, Glancy.Slack.Blocks.Limits.ViewBlocks);
    }
}
