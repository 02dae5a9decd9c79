using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>Whom a page wakes: whom it names, otherwise who is called first now.</summary>
internal sealed class PagedPeople(SlackPeople people, DutyRoster roster, TimeProvider clock)
{
    /// <summary>Nobody for a notice that is no page.</summary>
    public async Task<IReadOnlyList<Person>> OfAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (notice.Kind != "page")
        {
            return [];
        }

        var to = notice.Arguments.GetValueOrDefault("to", "");
        var named = to.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(people.Named).OfType<Person>().ToList();
        return named.Count > 0 ? named : (await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken)).FirstCalled;
    }
}
