using System.Globalization;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>Opens the form of a button whose command has blanks; where Slack does not open it, the person gets the command to type.</summary>
internal sealed class SlackForms(ISlackApiClient slack, RunbookHolder runbook, Phrasebooks phrasebooks)
{
    public async Task OpenAsync(SlackRequest request, CancellationToken cancellationToken)
    {
        if (request is not BlockActions { TriggerId: { } trigger, Actions: [{ Value: { } command } action] } click
            || !action.ActionId.StartsWith(SlackPage.AskPrefix, StringComparison.Ordinal))
        {
            return;
        }

        var person = runbook.Current.People.Values.FirstOrDefault(p => p.Slack == click.UserId);
        var words = phrasebooks.In(person is null ? null : CultureInfo.GetCultureInfo(person.Language));
        var client = slack.In(SlackLane.Confirmation);
        if (SlackAsk.View(new SlackAsked(command, click.ChannelId, click.ResponseUrl), words) is { } view && await OpenAsync(client, trigger, view, cancellationToken))
        {
            return;
        }

        if (click.ResponseUrl is { } address)
        {
            // The acknowledgement may be late by now; the person still has to learn what to type.
            await client.Respond(address, new ResponseMessage(SlackAsk.Typed(command, words), ReplaceOriginal: false), CancellationToken.None);
        }
    }

    // Unknown counts as open: two forms, or a form and a line to type, would confuse more than one form.
    private static async Task<bool> OpenAsync(ISlackApiClient client, string trigger, ModalView view, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Views.Open(trigger, view, cancellationToken) is not SlackFailed<ShownView>;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
