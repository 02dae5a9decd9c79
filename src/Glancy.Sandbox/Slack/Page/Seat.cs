using Glancy.Sandbox.Slack.Page.Conversation;
using Glancy.Sandbox.Slack.Page.Panel;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Slack.Page;

/// <summary>What the page is about: the workspace, and what can be done to the world around it.</summary>
/// <param name="Controls">Null when there is no world behind the page.</param>
/// <param name="TimeProvider">Real time, for the clock that ticks in the corner.</param>
internal sealed record Seat(
    Workspace Workspace,
    IControls? Controls,
    ICompletions Completions,
    TimeProvider TimeProvider
)
{
    /// <summary>A page on a world that has a Slack.</summary>
    /// <param name="botDll">Who is asked what can be said; nobody when null.</param>
    public static Seat Of(World world, string? botDll)
    {
        return new Seat(
            world.Slack.Workspace,
            new WorldControls(world),
            botDll is null ? new NoCompletions() : new BotCompletions(botDll, world.Sockets),
            TimeProvider.System
        );
    }
}
