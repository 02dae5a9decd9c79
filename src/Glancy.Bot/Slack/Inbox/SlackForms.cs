using System.Data.Common;
using Glancy.Bot.Commands.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Opens the form of what still lacks words: a button whose command has blanks, a typed command without its words, a
/// message's shortcut. Where Slack does not open it, the person gets the command to type.
/// </summary>
internal sealed class SlackForms(
    ISlackApiClient slack,
    IncompleteCommands incomplete,
    SlackFormViews views,
    SlackUserProfiles readers,
    SlackPeople people
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_800);

    /// <summary>Whether its answer may be a form, so that no worker may answer it before that is known.</summary>
    public bool May(SlackRequest request) =>
        request switch
        {
            MessageShortcut { CallbackId: SlackShortcutNames.IncidentPin or SlackShortcutNames.IncidentOpen } => true,
            SlashCommand command => incomplete.Of(command) is not null,
            _ => false,
        };

    /// <summary>Opens it. True when it stands open, or nobody knows: then the form is the answer.</summary>
    /// <param name="may">What <see cref="May"/> said of it.</param>
    public async Task<bool> OpenAsync(SlackRequest request, bool may, CancellationToken cancellationToken)
    {
        if (
            request is BlockActions { TriggerId: { } trigger, Actions: [{ Value: { } command } action] } click
            && action.ActionId.StartsWith(SlackPage.AskPrefix, StringComparison.Ordinal)
        )
        {
            await PressedAsync(click, trigger, command, cancellationToken);
            return true;
        }

        if (!may || people.Find(request.UserId) is not { } person)
        {
            return false;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // Who is no member gets no form: the answer says so.
            var reader = await readers.GetAsync(person.Slack ?? "", patience.Token);
            var words = people.Words(person, reader);
            return reader.Membership == SlackMembership.Member
                && await views.OfAsync(request, words, patience.Token) is (var by, { } view)
                && await OpenAsync(by, view, patience.Token);
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

    private async Task PressedAsync(
        BlockActions click,
        string trigger,
        string command,
        CancellationToken cancellationToken
    )
    {
        var words = people.Words(people.Find(click.UserId));
        var view = await views.PressedAsync(click, command, words, cancellationToken);
        if (view is not null && await OpenAsync(trigger, view, cancellationToken))
        {
            return;
        }

        if (click.ResponseUrl is { } address)
        {
            // The acknowledgement may be late by now; the person still has to learn what to type.
            await slack
                .In(SlackLane.Confirmation)
                .Respond(
                    address,
                    new ResponseMessage(CommandForm.Typed(command, words), ReplaceOriginal: false),
                    CancellationToken.None
                );
        }
    }

    // Unknown counts as open: two forms, or a form and a line to type, would confuse more than one form.
    private async Task<bool> OpenAsync(string trigger, ModalView view, CancellationToken cancellationToken)
    {
        try
        {
            return await slack.In(SlackLane.Confirmation).Views.Open(trigger, view, cancellationToken)
                is not SlackFailed<ShownView>;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
