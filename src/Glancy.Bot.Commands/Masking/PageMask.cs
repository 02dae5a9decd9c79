using Glancy.Bot.Commands.Pages;
using Glancy.Runbook.Masking;

namespace Glancy.Bot.Commands.Masking;

/// <summary>
/// Masks pages, lines and data for one asker. Only text from outside is touched in a page; in data, where ours and
/// theirs look alike, every text is. Counts what it reveals.
/// </summary>
/// <param name="revealed">Rules whose values the asker may see; empty for most.</param>
public sealed class PageMask(Masker masker, IReadOnlySet<string> revealed)
{
    private readonly Dictionary<string, int> shown = [];

    /// <summary>How many values of which rule were shown because the asker may see them.</summary>
    public IReadOnlyDictionary<string, int> Shown => shown;

    public Page Of(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page with { Title = Of(page.Title), Foot = Of(page.Foot), Blocks = [.. page.Blocks.Select(Of)] };
    }

    /// <summary>
    /// Pieces from outside that stand side by side are looked at as one, so that a value is not missed at a seam.
    /// </summary>
    public Text Of(Text text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spans = new List<Span>();
        for (var i = 0; i < text.Spans.Count; )
        {
            var run = text.Spans.Skip(i).TakeWhile(s => s.Outside).ToList();
            if (run.Count == 0)
            {
                spans.Add(text.Spans[i++]);
                continue;
            }

            spans.AddRange(Outside(run));
            i += run.Count;
        }

        return new Text(spans);
    }

    /// <summary>A text of its own, for example one value of a document.</summary>
    public string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Look(text).In(text);
    }

    private Block Of(Block block) =>
        block switch
        {
            Block.Heading heading => new Block.Heading(Of(heading.Words)),
            Block.Paragraph paragraph => new Block.Paragraph(Of(paragraph.Words)),
            Block.Facts facts => new Block.Facts([.. facts.Items.Select(f => new Fact(Of(f.Label), Of(f.Value)))]),
            Block.Table table => new Block.Table(
                [.. table.Columns.Select(Of)],
                [.. table.Rows.Select(row => (IReadOnlyList<Text>)[.. row.Select(Of)])]
            ),
            Block.Steps steps => new Block.Steps([
                .. steps.Items.Select(s => new StepLine(s.Number, Of(s.Mark), Of(s.Title), [.. s.Notes.Select(Of)])),
            ]),
            Block.Tasks tasks => new Block.Tasks(
                Of(tasks.Title),
                [.. tasks.Items.Select(t => t with { Title = Of(t.Title), Detail = Of(t.Detail) })]
            ),
            Block.Code code => new Block.Code([.. code.Lines.Select(Of)]),
            Block.Actions actions => new Block.Actions([
                .. actions.Items.Select(a =>
                    a with
                    {
                        Label = Of(a.Label),
                        Command = Of(a.Command),
                        Mind = Of(a.Mind),
                    }
                ),
            ]),

            // A kind that is not known here would go out unmasked.
            _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "No way to mask it."),
        };

    private List<Span> Outside(List<Span> run)
    {
        var text = string.Concat(run.Select(s => s.Value));
        var masked = Look(text);
        if (masked.Places.Count == 0)
        {
            return run;
        }

        var spans = new List<Span>();
        var begins = 0;
        foreach (var span in run)
        {
            // Of each place, the piece in which it begins takes what stands instead.
            var ends = begins + span.Value.Length;
            var value = new System.Text.StringBuilder();
            var from = begins;
            foreach (var place in masked.Places.Where(p => p.Start < ends && p.Start + p.Length > begins))
            {
                if (place.Start >= begins)
                {
                    value.Append(text, from, place.Start - from).Append(place.Instead);
                }

                from = Math.Min(ends, place.Start + place.Length);
            }

            spans.Add(span with { Value = value.Append(text, from, ends - from).ToString() });
            begins = ends;
        }

        return spans;
    }

    private Masked Look(string text)
    {
        var masked = masker.Mask(text, revealed);
        foreach (var rule in masked.Revealed)
        {
            shown[rule] = shown.GetValueOrDefault(rule) + 1;
        }

        return masked;
    }
}
