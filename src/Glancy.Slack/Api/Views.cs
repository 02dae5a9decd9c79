using System.Text.Json;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Api;

/// <summary>A view that is shown.</summary>
/// <param name="Hash">Its version; an update that names an older one is refused with <c>hash_conflict</c>.</param>
public sealed record ShownView(string Id, string? Hash);

/// <summary><c>views.*</c></summary>
public interface IViewsApi
{
    /// <summary>Opens a view once; the trigger lives 3 s and is used up by it.</summary>
    Task<SlackResult<ShownView>> Open(string triggerId, ModalView view, CancellationToken cancellationToken);

    Task<SlackResult<ShownView>> Update(
        string viewId,
        ModalView view,
        string? hash,
        CancellationToken cancellationToken
    );

    Task<SlackResult<ShownView>> Publish(
        string userId,
        HomeView view,
        string? hash,
        CancellationToken cancellationToken
    );
}

internal sealed class ViewsApi(Caller caller, BlockLadder ladder, SlackLane lane) : IViewsApi
{
    // A form has no words beside its blocks: where Slack does not take it, whoever wanted to open it is told what to
    // type.
    public Task<SlackResult<ShownView>> Open(string triggerId, ModalView view, CancellationToken cancellationToken) =>
        LadderAsync("views.open", SlackEffect.Once, new Order(view) { TriggerId = triggerId }, null, cancellationToken);

    public Task<SlackResult<ShownView>> Update(
        string viewId,
        ModalView view,
        string? hash,
        CancellationToken cancellationToken
    ) =>
        LadderAsync(
            "views.update",
            SlackEffect.Convergent,
            new Order(view) { ViewId = viewId, Hash = hash },
            null,
            cancellationToken
        );

    public Task<SlackResult<ShownView>> Publish(
        string userId,
        HomeView view,
        string? hash,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(view);
        return LadderAsync(
            "views.publish",
            SlackEffect.Convergent,
            new Order(view) { UserId = userId, Hash = hash },
            Words,
            cancellationToken
        );

        View Words() =>
            view with
            {
                Blocks =
                [
                    new SectionBlock(new PlainText(SlackText.Cut(ladder.Plain(view.Blocks), Limits.SectionText))),
                ],
            };
    }

    private Task<SlackResult<ShownView>> LadderAsync(
        string method,
        SlackEffect effect,
        Order order,
        Func<View>? words,
        CancellationToken cancellationToken
    )
    {
        return ladder.ClimbAsync(
            method,
            order.View.Blocks,
            Limits.ViewBlocks,
            blocks => OnceAsync(order.View with { Blocks = blocks }),
            words is null ? null : () => OnceAsync(words()),
            cancellationToken
        );

        Task<SlackResult<ShownView>> OnceAsync(View view) =>
            caller.CallAsync(new SlackCall(method, effect, order with { View = view }), lane, Shown, cancellationToken);
    }

    private static ShownView? Shown(JsonElement json) =>
        json.Child("view") is { } view && view.Text("id") is { } id ? new ShownView(id, view.Text("hash")) : null;

    private sealed record Order(View View)
    {
        public string? TriggerId { get; init; }

        public string? ViewId { get; init; }

        public string? UserId { get; init; }

        public string? Hash { get; init; }
    }
}
