using System.Text.Json;
using Glancy.Sandbox.Slack.Page.Spans;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Glancy.Sandbox.Slack.Page.Blocks;

/// <summary>A text object: <c>plain_text</c>, <c>mrkdwn</c> or the <c>raw_text</c> of a cell.</summary>
public sealed class TextView : ComponentBase
{
    [Parameter, EditorRequired]
    public JsonElement? Of { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<SpanView>(0);
        builder.AddComponentParameter(1, nameof(SpanView.Of), Read());
        builder.CloseComponent();
    }

    private IReadOnlyList<Span> Read() =>
        Of is not { } given
            ? []
            : given.Text("type") switch
            {
                "mrkdwn" => MrkdwnReader.Read(given.Text("text") ?? ""),
                _ => [new Span.Words(Emoji.Replace(given.Text("text") ?? ""))],
            };
}
