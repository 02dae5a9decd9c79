using System.Globalization;
using System.Text.Json;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Slack;

/// <summary>
/// The world's Slack for the sandbox's subcommands and for anybody with curl: <c>POST
/// /world/slack/say?person=&amp;channel=&amp;text=</c> types a line, <c>POST
/// /world/slack/press?person=&amp;where=&amp;action=</c> presses what stands in a message (its ts) or a view (its id),
/// <c>POST /world/slack/submit?person=&amp;view=</c> sends a modal off with its values as JSON, <c>GET
/// /world/slack/seen?person=</c> shows what that person sees, <c>/world/slack/faults</c> switches faults.
/// </summary>
internal static class SlackEndpoints
{
    public static void Map(WebApplication app, Func<SandboxSlack?> find)
    {
        app.MapPost(
            "/world/slack/say",
            (string person, string? channel, string text, string? thread, CancellationToken cancellationToken) =>
                TryAsync(
                    find,
                    slack =>
                        slack.Workspace.SayAsync(
                            Id(slack, person),
                            channel ?? Team.OpsChannel,
                            text,
                            thread,
                            cancellationToken
                        )
                )
        );
        app.MapPost(
            "/world/slack/press",
            (string person, string where, string action, string? channel, CancellationToken cancellationToken) =>
                TryAsync(
                    find,
                    async slack =>
                    {
                        var (place, block) = Find(slack.Workspace, where, channel ?? Team.OpsChannel, action);
                        await slack.Workspace.PressAsync(
                            Id(slack, person),
                            place,
                            block,
                            action,
                            null,
                            null,
                            cancellationToken
                        );
                        return "pressed";
                    }
                )
        );
        app.MapPost(
            "/world/slack/submit",
            (string person, string view, JsonElement values, CancellationToken cancellationToken) =>
                TryAsync(
                    find,
                    async slack =>
                    {
                        await slack.Workspace.SubmitAsync(Id(slack, person), view, values, cancellationToken);
                        return "submitted";
                    }
                )
        );
        app.MapGet(
            "/world/slack/seen",
            (string person, string? channel) =>
                TryAsync(
                    find,
                    slack => Task.FromResult(Seen(slack.Workspace, Id(slack, person), channel ?? Team.OpsChannel))
                )
        );
        app.MapGet("/world/slack/deliveries", () => TryAsync(find, slack => Task.FromResult(slack.Doors.Log)));
        app.MapGet(
            "/world/slack/faults",
            () =>
                TryAsync(
                    find,
                    slack =>
                        Task.FromResult(
                            slack.Faults.On.Select(f => new
                            {
                                Kind = f.Kind.ToString(),
                                f.Method,
                                f.For.TotalSeconds,
                                f.Times,
                            })
                        )
                )
        );
        app.MapPut(
            "/world/slack/faults/{kind}",
            (string kind, string? method, double? seconds, string? times, CancellationToken cancellationToken) =>
                TryAsync(
                    find,
                    async slack =>
                    {
                        await slack.FaultOnAsync(
                            new SlackFault(
                                Kind(kind),
                                string.IsNullOrEmpty(method) ? null : method,
                                TimeSpan.FromSeconds(seconds ?? 0),
                                string.IsNullOrEmpty(times)
                                    ? null
                                    : int.Parse(times, NumberStyles.None, CultureInfo.InvariantCulture)
                            ),
                            cancellationToken
                        );
                        return slack.Faults.On.Count;
                    }
                )
        );
        app.MapDelete(
            "/world/slack/faults/{kind?}",
            (string? kind, CancellationToken cancellationToken) =>
                TryAsync(
                    find,
                    async slack =>
                    {
                        await slack.FaultOffAsync(kind is null ? null : Kind(kind), cancellationToken);
                        return slack.Faults.On.Count;
                    }
                )
        );
    }

    private static object Seen(Workspace workspace, string person, string channel) =>
        new
        {
            Messages = workspace.Board.All.Where(m => m.Channel == channel),
            Ephemerals = workspace.Asides.Of(person).Where(e => e.Channel == channel),
            Modals = workspace.Screens.ModalsOf(person),
            Home = workspace.Screens.HomeOf(person),
        };

    private static (Place Place, string Block) Find(Workspace workspace, string where, string channel, string action)
    {
        var (place, blocks) =
            workspace.Board.Find(channel, where) is { } message ? (new Place.InMessage(channel, where), message.Blocks)
            : workspace.Asides.Find(where) is { } shown ? (new Place.InEphemeral(where), shown.Blocks)
            : workspace.Screens.Find(where) is { } view
                ? ((Place)new Place.InView(where), view.Content.Member("blocks"))
            : throw new ArgumentException($"There is no message and no view {where}.");
        var block = BlockSearch.All(blocks).FirstOrDefault(p => p.Element.Text("action_id") == action).Block;
        return (place, block.Text("block_id") ?? throw new ArgumentException($"There is no {action} in {where}."));
    }

    // By login as well: people remember names.
    private static string Id(SandboxSlack slack, string person) =>
        slack.Workspace.Members.People.FirstOrDefault(p => p.Login == person)?.Id ?? person;

    private static SlackFaultKind Kind(string typed) =>
        Enum.TryParse<SlackFaultKind>(typed.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
            ? kind
            : throw new ArgumentException(
                $"There is no fault '{typed}'. There are: {string.Join(", ", Enum.GetNames<SlackFaultKind>())}."
            );

    private static async Task<IResult> TryAsync<T>(Func<SandboxSlack?> find, Func<SandboxSlack, Task<T>> act)
    {
        if (find() is not { } slack)
        {
            return Results.Text("This world has no Slack.", statusCode: StatusCodes.Status409Conflict);
        }

        try
        {
            return Results.Json(await act(slack));
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException or FormatException)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
