using System.Data.Common;
using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Opens the form of what still lacks words: a button whose command has blanks, a typed command without its words, a message's shortcut.
/// Where Slack does not open it, the person gets the command to type.
/// </summary>
internal sealed class SlackForms(
    ISlackApiClient slack, SlackPointed pointed, SlackReaders readers, CommandGrammar grammar, CommandBooks books, IncidentStore incidents, EpisodeStore episodes, RunbookHolder runbook, Phrasebooks phrasebooks)
{
    private const string HandoverAdd = "handover add";
    private const string IncidentOpen = "incident open";
    private const int Most = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_800);

    /// <summary>Whether its answer may be a form, so that no worker may answer it before that is known.</summary>
    public bool May(SlackRequest request) => request switch
    {
        MessageShortcut { CallbackId: SlackShortcutNames.IncidentPin or SlackShortcutNames.IncidentOpen } => true,
        SlashCommand command => Lacking(command) is not null,
        _ => false,
    };

    /// <summary>Opens it. True when it stands open, or nobody knows: then the form is the answer.</summary>
    public async Task<bool> OpenAsync(SlackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is BlockActions { TriggerId: { } trigger, Actions: [{ Value: { } command } action] } click && action.ActionId.StartsWith(SlackPage.AskPrefix, StringComparison.Ordinal))
        {
            await PressedAsync(click, trigger, command, cancellationToken);
            return true;
        }

        if (!May(request) || runbook.Current.People.Values.FirstOrDefault(p => p.Slack == request.UserId) is not { } person)
        {
            return false;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // Who is no member gets no form: the answer says so.
            var reader = await readers.GetAsync(person.Slack ?? "", patience.Token);
            var words = phrasebooks.In(reader.Culture ?? CultureInfo.GetCultureInfo(person.Language));
            return reader.Membership == SlackMembership.Member && await ViewAsync(request, words, patience.Token) is var (by, view) && view is not null && await OpenAsync(by, view, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>What is wrong with what was filled in, under its field, as far as the grammar knows; null when nothing is.</summary>
    public SlackReply? Faults(SlackRequest request)
    {
        if (request is ViewSubmission { View.Values: { Count: > 0 } fields } && SlackLine.IsUnreadable(request))
        {
            return SlackReply.Errors(new Dictionary<string, string> { [fields.Keys.First().BlockId] = UnrecordedReply.Words(new Refusal("form-unreadable", ""), Words(request.UserId)) });
        }

        if (request is not ViewSubmission { View: { CallbackId: CommandForm.Callback, Values: { Count: > 0 } values } } || SlackLine.Of(request) is not { } line
            || line.Read(grammar) is not Reading.NotUnderstood { Refusal: var refusal })
        {
            return null;
        }

        var data = RefusalView.Data(refusal, Words(request.UserId));
        var about = refusal.Arguments is [_, ..] ? refusal.Arguments[0].TrimStart('-') : "";
        var block = values.Keys.Where(k => k.BlockId == about || values[k] == about).Concat(values.Keys.Reverse()).First().BlockId;
        return SlackReply.Errors(new Dictionary<string, string> { [block] = $"{data.Words} {data.Next}" });
    }

    private Phrasebook Words(string? user)
    {
        var person = runbook.Current.People.Values.FirstOrDefault(p => p.Slack == user);
        return phrasebooks.In(person is null ? null : CultureInfo.GetCultureInfo(person.Language));
    }

    private async Task<(string Trigger, ModalView? View)> ViewAsync(SlackRequest request, Phrasebook words, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case MessageShortcut { CallbackId: SlackShortcutNames.IncidentPin } shortcut when await incidents.ListAsync(openOnly: true, Most, cancellationToken) is { Count: > 0 } open:
                // The only one needs no form: the worker pins the message to it.
                return (shortcut.TriggerId, open.Count == 1 ? null : IncidentForms.Choosing(await pointed.AskedAsync(shortcut, cancellationToken), books.Current, open, words));
            case MessageShortcut shortcut:
                return (shortcut.TriggerId, await OpeningAsync(new AskedForm(IncidentListView.OpenForm, shortcut.ChannelId, shortcut.ResponseUrl, Anywhere: true), null, pointed.Words(shortcut.MessageText), words, cancellationToken));
            case SlashCommand command when Lacking(command) is { } lacking:
                return (command.TriggerId, lacking.Verbs == HandoverAdd
                    ? CommandForm.View(new AskedForm("glancy handover add <follow-up>", command.ChannelId, command.ResponseUrl), books.Current, words)
                    : await OpeningAsync(new AskedForm(IncidentListView.OpenForm, command.ChannelId, command.ResponseUrl), lacking.Severity, lacking.Title, words, cancellationToken));
            default:
                return ("", null);
        }
    }

    private async Task<ModalView?> OpeningAsync(AskedForm asked, Severity? severity, string? title, Phrasebook words, CancellationToken cancellationToken)
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

    private async Task PressedAsync(BlockActions click, string trigger, string command, CancellationToken cancellationToken)
    {
        var words = Words(click.UserId);
        var home = click is { View: not null, ChannelId: null };
        var view = command == IncidentListView.OpenForm
            ? await OpeningAsync(new AskedForm(command, click.ChannelId, click.ResponseUrl, Anywhere: home), null, null, words, cancellationToken)
            : CommandForm.View(new AskedForm(command, click.ChannelId, click.ResponseUrl), books.Current, words);
        if (view is not null && await OpenAsync(trigger, view, cancellationToken))
        {
            return;
        }

        if (click.ResponseUrl is { } address)
        {
            // The acknowledgement may be late by now; the person still has to learn what to type.
            await slack.In(SlackLane.Confirmation).Respond(address, new ResponseMessage(CommandForm.Typed(command, words), ReplaceOriginal: false), CancellationToken.None);
        }
    }

    // What was typed of a command that has a form; null when it is whole, or something else is wrong with it.
    private (string Verbs, Severity? Severity, string? Title)? Lacking(SlashCommand command)
    {
        var typed = SlackText.Unescape(command.Text);
        if (grammar.ReadLine(typed) is not Reading.NotUnderstood { Refusal.Code: "missing-argument" or "bad-severity", About.Verbs: HandoverAdd or IncidentOpen } not
            || not.About is not { Verbs: var verbs } || Argv.Split(typed) is not { } argv || argv.Any(w => w.StartsWith("--", StringComparison.Ordinal)))
        {
            return null;
        }

        var rest = argv.Skip(argv.Count > 1 && books.Current.Find($"{argv[0]} {argv[1]}") is not null ? 2 : 1).ToList();
        var severity = rest.Count > 0 && SeverityName.TryParse(rest[0], out var said) ? said : (Severity?)null;
        return (verbs, severity, string.Join(' ', rest.Skip(severity is null ? 0 : 1)));
    }

    // Unknown counts as open: two forms, or a form and a line to type, would confuse more than one form.
    private async Task<bool> OpenAsync(string trigger, ModalView view, CancellationToken cancellationToken)
    {
        try
        {
            return await slack.In(SlackLane.Confirmation).Views.Open(trigger, view, cancellationToken) is not SlackFailed<ShownView>;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
