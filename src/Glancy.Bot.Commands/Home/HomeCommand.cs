using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Status;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Home;

/// <summary>
/// <c>glancy home</c>, and <c>/glancy</c> alone: what waits for whoever asks, and what there is to do now. Who is in
/// no people list gets the status.
/// </summary>
internal sealed class HomeCommand(OverviewReader reader, FollowUpStore followUps, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("home", Topic.See, Effect.Read, "3", PermissionNames.StatusSee)
        {
            Aliases = ["首页", "我的"],
            Questions = ["等我做什么", "我该做什么", "what waits for me", "what should I do"],
            Examples = ["home"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var overview = await reader.ReadAsync(cancellationToken);
        var names = new Names(invocation.Words, runbook.Current);
        var page = invocation.Caller.Person is { } person
            ? HomeView.Page(
                overview,
                HomeView.Mine(overview.Runs, person, overview.OnCall, names),
                await followUps.OpenAsync(cancellationToken),
                person,
                names
            )
            : StatusView.Page(overview, names);
        return new Answer(page, StatusData.Of(overview, invocation.Words));
    }
}
