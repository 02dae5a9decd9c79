namespace Glancy.Sandbox.Slack;

/// <summary>A shortcut of the app in a message's menu, as its manifest says.</summary>
/// <param name="Name">What people read.</param>
/// <param name="CallbackId">What the app is told.</param>
public sealed record Shortcut(string Name, string CallbackId);

/// <summary>A person takes a shortcut from a message's menu.</summary>
internal sealed class Shortcutting(Workspace workspace)
{
    public async Task TakeAsync(Person person, Message message, string callbackId, CancellationToken cancellationToken)
    {
        var channel = workspace.Members.Channel(message.Channel);
        var payload = SlackWire.Object(
            new
            {
                Type = "message_action",
                Token = "sandbox",
                ActionTs = workspace.Mint.Ts(),
                Team = new { Team.Id, Team.Domain },
                User = new
                {
                    person.Id,
                    Name = person.Login,
                    Username = person.Login,
                    person.TeamId,
                },
                Channel = new
                {
                    Id = message.Channel,
                    Name = channel is { IsDirect: false } named ? named.Name : "directmessage",
                },
                IsEnterpriseInstall = false,
                CallbackId = callbackId,
                TriggerId = workspace.Triggers.Give(person.Id),
                ResponseUrl = workspace.Addresses.Give("app", new AnsweredDeed(person.Id, message.Channel)),
                MessageTs = message.Ts,
            }
        );
        payload["enterprise"] = null;
        payload["message"] = workspace.Json.Of(message);
        if (await workspace.App.InteractionAsync(payload, cancellationToken) is AppAnswer.Failed)
        {
            workspace.Asides.Slackbot(message.Channel, person.Id, ClientWords.NotResponding(person));
        }
    }
}
