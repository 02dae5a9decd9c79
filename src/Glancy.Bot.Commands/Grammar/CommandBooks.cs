using Glancy.Ops.Runbook;
using Glancy.Runbook;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// The commands there are now: the product's own, and those that the procedures of the runbook in force bring. A reload
/// brings another book.
/// </summary>
public sealed class CommandBooks(CommandBook own, RunbookHolder runbook)
{
    private volatile Bound? last;

    /// <summary>The book of the runbook in force; the product's own while there is none.</summary>
    public CommandBook Current
    {
        get
        {
            if (!runbook.HasCurrent)
            {
                return own;
            }

            var content = runbook.Current;
            var bound = last;
            if (bound?.Content != content)
            {
                last = bound = new Bound(content, own.With(content));
            }

            return bound.Book;
        }
    }

    private sealed record Bound(RunbookContent Content, CommandBook Book);
}
