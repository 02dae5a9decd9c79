using System.Data.Common;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Incidents;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>Decides which form asks for the words that are missing, and fills in those that are known.</summary>
internal sealed class SlackFormViews(
    IncompleteCommands incomplete,
    MessageShortcuts pointed,
    SlackFormChoices choices,
    CommandBooks books,
    IncidentStore incidents,
    EpisodeStore episodes,
    RunbookHolder runbook
)
{
    private const int Most = 100;

    /// <summary>The form of a button whose command has blanks; null when it has none.</summary>
    public async Task<ModalView?> PressedAsync(
        BlockActions click,
        string command,
        Phrasebook words,
        CancellationToken cancellationToken
    )
    {
        var home = click is { View: not null, ChannelId: null };
        var asked = new AskedForm(command, click.ChannelId, click.ResponseUrl);
        return command == IncidentListView.OpenForm
            ? await OpeningAsync(asked with { Anywhere = home }, null, null, words, cancellationToken)
            : CommandForm.View(asked, books.Current, words);
    }

    /// <summary>
    /// The form for what somebody did, and what opens it; no form where none is needed.
    /// </summary>
    public async Task<(string Trigger, ModalView? View)> OfAsync(
        SlackRequest request,
        Phrasebook words,
        CancellationToken cancellationToken
    )
    {
        switch (request)
        {
            case MessageShortcut { CallbackId: SlackShortcutNames.IncidentPin } shortcut
                when await incidents.ListAsync(openOnly: true, Most, cancellationToken) is { Count: > 0 } open:
                return (shortcut.TriggerId, await ChoosingAsync(shortcut, open, words, cancellationToken));
            case MessageShortcut shortcut:
                var opening = new AskedForm(
                    IncidentListView.OpenForm,
                    shortcut.ChannelId,
                    shortcut.ResponseUrl,
                    Anywhere: true
                );
                var said = pointed.Words(shortcut.MessageText);
                return (shortcut.TriggerId, await OpeningAsync(opening, null, said, words, cancellationToken));
            case SlashCommand command when incomplete.Of(command) is { } lacking:
                return (command.TriggerId, await LackingAsync(command, lacking, words, cancellationToken));
            default:
                return ("", null);
        }
    }

    // The only one needs no form: the worker pins the message to it.
    private async Task<ModalView?> ChoosingAsync(
        MessageShortcut shortcut,
        IReadOnlyList<Incident> open,
        Phrasebook words,
        CancellationToken cancellationToken
    ) =>
        open.Count == 1
            ? null
            : IncidentForms.Choosing(await pointed.AskedAsync(shortcut, cancellationToken), books.Current, open, words);

    private async Task<ModalView?> LackingAsync(
        SlashCommand command,
        IncompleteCommand lacking,
        Phrasebook words,
        CancellationToken cancellationToken
    )
    {
        var asked = new AskedForm(IncidentListView.OpenForm, command.ChannelId, command.ResponseUrl);
        return lacking.Verbs == IncompleteCommands.IncidentOpen
            ? await OpeningAsync(asked, lacking.Severity, lacking.Title, words, cancellationToken)
            : CommandForm.View(
                asked with
                {
                    Command = lacking.Line,
                },
                books.Current,
                words,
                await choices.OfAsync(lacking.Line, words, cancellationToken)
            );
    }

    private async Task<ModalView?> OpeningAsync(
        AskedForm asked,
        Severity? severity,
        string? title,
        Phrasebook words,
        CancellationToken cancellationToken
    )
    {
        var rules = runbook.Current.Escalation;
        SeverityProposal? proposed = null;
        try
        {
            proposed = SeverityProposal.Of(await episodes.OpenAsync(cancellationToken), rules);
        }
        catch (DbException)
        {
            // The form is needed all the same; the person says how grave it is.
        }

        return IncidentForms.Opening(asked, books.Current, rules, proposed, severity, title, words);
    }
}
