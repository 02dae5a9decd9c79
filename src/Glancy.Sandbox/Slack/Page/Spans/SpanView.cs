using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>
/// Draws spans. Everything a message says goes through AddContent, which escapes; there is no raw mark-up here.
/// </summary>
public sealed class SpanView : ComponentBase
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Span> Of { get; set; } = [];

    [CascadingParameter]
    public Surface Surface { get; set; } = Surface.Bare;

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Draw(builder, Of);

    private void Draw(RenderTreeBuilder builder, IReadOnlyList<Span> spans)
    {
        foreach (var span in spans)
        {
            builder.OpenRegion(0);
            Draw(builder, span);
            builder.CloseRegion();
        }
    }

    private void Draw(RenderTreeBuilder builder, Span span)
    {
        switch (span)
        {
            case Span.Words words:
                builder.AddContent(0, words.Value);
                break;
            case Span.Bold bold:
                Wrap(builder, "strong", null, bold.Inner);
                break;
            case Span.Italic italic:
                Wrap(builder, "em", null, italic.Inner);
                break;
            case Span.Strike strike:
                Wrap(builder, "s", null, strike.Inner);
                break;
            case Span.Code code:
                Wrap(builder, "code", null, code.Inner);
                break;
            case Span.Preformatted block:
                Wrap(builder, "pre", null, block.Inner);
                break;
            case Span.Quote quote:
                Wrap(builder, "blockquote", null, quote.Inner);
                break;
            case Span.Heading heading:
                Wrap(builder, "div", "md-heading", heading.Inner);
                break;
            case Span.Item item:
                Wrap(builder, "div", "md-item", [new Span.Words(item.Mark + " "), .. item.Inner]);
                break;
            case Span.Link link:
                Link(builder, link.Url, link.Inner);
                break;
            case Span.Person person:
                Mention(
                    builder,
                    person.Id == Surface.Names.Me ? "mention mention-me" : "mention",
                    "@" + (Surface.Names.Person(person.Id) ?? person.Label?.TrimStart('@') ?? person.Id)
                );
                break;
            case Span.Channel channel:
                Mention(
                    builder,
                    "mention",
                    "#" + (Surface.Names.Channel(channel.Id) ?? channel.Label?.TrimStart('#') ?? channel.Id)
                );
                break;
            case Span.Group group:
                Mention(
                    builder,
                    "mention mention-me",
                    "@" + (Surface.Names.Group(group.Id) ?? group.Label?.TrimStart('@') ?? group.Id)
                );
                break;
            case Span.Shout shout:
                Mention(builder, "mention mention-me", "@" + shout.Whom);
                break;
            case Span.Date date:
                Date(builder, date);
                break;
            case Span.Break:
                builder.OpenElement(0, "br");
                builder.CloseElement();
                break;
        }
    }

    private void Date(RenderTreeBuilder builder, Span.Date date)
    {
        var words = new Span.Words(ShanghaiTime.Fill(date.Format, date.At, date.Fallback, Surface.Words));
        if (date.Url is { } url)
        {
            Link(builder, url, [words]);
        }
        else
        {
            builder.OpenElement(0, "time");
            builder.AddAttribute(
                1,
                "datetime",
                ShanghaiTime
                    .Of(date.At)
                    .ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)
            );
            builder.AddContent(2, words.Value);
            builder.CloseElement();
        }
    }

    private void Link(RenderTreeBuilder builder, string url, IReadOnlyList<Span> inner)
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", url);
        builder.AddAttribute(2, "target", "_blank");
        builder.AddAttribute(3, "rel", "noopener noreferrer");
        builder.OpenRegion(4);
        Draw(builder, inner);
        builder.CloseRegion();
        builder.CloseElement();
    }

    private void Wrap(RenderTreeBuilder builder, string element, string? css, IReadOnlyList<Span> inner)
    {
        builder.OpenElement(0, element);
        builder.AddAttribute(1, "class", css);
        builder.OpenRegion(2);
        Draw(builder, inner);
        builder.CloseRegion();
        builder.CloseElement();
    }

    private static void Mention(RenderTreeBuilder builder, string css, string text)
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", css);
        builder.AddContent(2, text);
        builder.CloseElement();
    }
}
