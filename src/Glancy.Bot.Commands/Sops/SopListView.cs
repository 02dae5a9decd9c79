using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;

namespace Glancy.Bot.Commands.Sops;

/// <summary>SOPs with what is done, in order; what a procedure does is a button.</summary>
internal static class SopListView
{
    public static Page Page(Names names)
    {
        var words = names.Words;
        var sops = names.Runbook.Alerts.Sops;
        if (sops.Count == 0)
        {
            return new Page(words["sop.none"], []);
        }

        List<Block> blocks = [];
        foreach (var sop in sops)
        {
            blocks.Add(
                new Block.Heading(
                    words.Say("sop.heading", names.In(sop.Title), SeverityName.Of(sop.Severity), "§" + sop.Section)
                )
            );
            blocks.Add(SopActs.Steps(sop, names));
            if (SopActs.Buttons(sop, names) is { Count: > 0 } buttons)
            {
                blocks.Add(new Block.Actions(buttons));
            }
        }

        return new Page(words["sop.title"], blocks);
    }
}
