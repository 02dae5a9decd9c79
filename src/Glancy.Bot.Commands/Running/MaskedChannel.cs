using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Masking;

namespace Glancy.Bot.Commands.Running;

/// <summary>
/// The one way out: whatever a command says to anybody passes here and is masked. Only what has been put on record is
/// revealed.
/// </summary>
/// <param name="masker">The rules in force when the command was said.</param>
/// <param name="command">The line, for the record; itself masked.</param>
internal sealed class MaskedChannel(
    IChannel inner,
    Masker masker,
    Revealing revealing,
    Caller caller,
    Revealed may,
    string command,
    Phrasebook words
) : IChannel
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();
    private bool recorded;
    private bool noted;

    public bool AtHome => inner.AtHome;

    public bool StaysOpen => inner.StaysOpen;

    public Identified Identify(string? standIn) => inner.Identify(standIn);

    public IReplies Replies(OutputOptions options) => new MaskedReplies(this, inner.Replies(options), options);

    public Task RefuseAsync(Page page, RefusalData data, OutputOptions options, CancellationToken cancellationToken)
    {
        var mask = new PageMask(masker, None);
        return inner.RefuseAsync(
            mask.Of(page),
            data with
            {
                Arguments = [.. data.Arguments.Select(mask.Of)],
                Words = mask.Of(data.Words),
                Next = mask.Of(data.Next),
            },
            options,
            cancellationToken
        );
    }

    /// <summary>That revealing was asked for is on record even when there was nothing to reveal.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (may.Rules.Count > 0 && !recorded)
        {
            await RecordAsync(new Dictionary<string, int>(), cancellationToken);
        }
    }

    private Text Note(Text note) => new PageMask(masker, None).Of(note);

    // Two looks: what would be revealed goes on record before it is shown, and without the record it is masked.
    private async Task<PageMask> MaskAsync(Action<PageMask> look, IReplies replies, CancellationToken cancellationToken)
    {
        var masked = new PageMask(masker, None);
        if (may.Rules.Count == 0)
        {
            return masked;
        }

        var open = new PageMask(masker, may.Rules);
        look(open);
        if (open.Shown.Count == 0 || await RecordAsync(open.Shown, cancellationToken))
        {
            return open;
        }

        if (!noted)
        {
            noted = true;
            await replies.NoteAsync(words["masking.not-recorded"], cancellationToken);
        }

        return masked;
    }

    private async Task<bool> RecordAsync(IReadOnlyDictionary<string, int> shown, CancellationToken cancellationToken)
    {
        var done = await revealing.RecordAsync(
            caller,
            may.Role,
            masker.Mask(command, None).In(command),
            shown,
            cancellationToken
        );
        recorded |= done;
        return done;
    }

    private sealed class MaskedReplies(MaskedChannel channel, IReplies inner, OutputOptions options) : IReplies
    {
        public async Task PageAsync(Page page, object data, CancellationToken cancellationToken)
        {
            var mask = await channel.MaskAsync(m => Look(m, () => m.Of(page), data), inner, cancellationToken);
            await inner.PageAsync(mask.Of(page), Data(data, mask), cancellationToken);
        }

        public async Task LineAsync(Text line, object data, CancellationToken cancellationToken)
        {
            var mask = await channel.MaskAsync(m => Look(m, () => m.Of(line), data), inner, cancellationToken);
            await inner.LineAsync(mask.Of(line), Data(data, mask), cancellationToken);
        }

        public async Task RawAsync(string line, CancellationToken cancellationToken)
        {
            var mask = await channel.MaskAsync(m => DataMask.Line(line, m), inner, cancellationToken);
            await inner.RawAsync(DataMask.Line(line, mask), cancellationToken);
        }

        // A remark is ours but for the words it quotes; nobody reveals anything in passing.
        public Task NoteAsync(Text note, CancellationToken cancellationToken) =>
            inner.NoteAsync(channel.Note(note), cancellationToken);

        // Only one of the two is shown, so only that one counts.
        private void Look(PageMask mask, Action page, object data)
        {
            if (options.Json)
            {
                DataMask.Of(data, mask);
            }
            else
            {
                page();
            }
        }

        private object Data(object data, PageMask mask) =>
            options.Json && DataMask.Of(data, mask) is { } document ? document : data;
    }
}
