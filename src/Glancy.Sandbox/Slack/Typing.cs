using System.Text.Json;

namespace Glancy.Sandbox.Slack;

/// <summary>A person types a line and sends it.</summary>
internal sealed class Typing(Workspace workspace)
{
    /// <summary>The message it became; null for a command.</summary>
    public async Task<Message?> SayAsync(
        Person person,
        Channel channel,
        string text,
        string? threadTs,
        CancellationToken cancellationToken
    )
    {
        if (!text.StartsWith('/'))
        {
            return workspace.Post(
                new Message(channel.Id, "", person.Id, TypedText.Message(text, workspace.Members))
                {
                    ThreadTs = threadTs,
                }
            );
        }

        var parts = text.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (parts[0] != Team.Command)
        {
            workspace.Asides.Slackbot(channel.Id, person.Id, NoCommand(TypedText.Escape(parts[0])));
        }
        else if (threadTs is not null)
        {
            workspace.Asides.Slackbot(channel.Id, person.Id, $"{Team.Command} is not supported in threads. Sorry!");
        }
        else
        {
            await CommandAsync(person, channel, parts.Length > 1 ? parts[1] : "", cancellationToken);
        }

        return null;
    }

    private async Task CommandAsync(Person person, Channel channel, string text, CancellationToken cancellationToken)
    {
        var deed = new AnsweredDeed(person.Id, channel.Id);
        var form = new Dictionary<string, string>
        {
            ["token"] = "sandbox",
            ["team_id"] = person.TeamId,
            ["team_domain"] = Team.Domain,
            ["channel_id"] = channel.Id,
            ["channel_name"] = channel.IsDirect ? "directmessage" : channel.Name,
            ["user_id"] = person.Id,
            ["user_name"] = person.Login,
            ["command"] = Team.Command,
            ["text"] = TypedText.Escape(text),
            ["api_app_id"] = Team.App,
            ["is_enterprise_install"] = "false",
            ["response_url"] = workspace.Addresses.Give("commands", deed),
            ["trigger_id"] = workspace.Triggers.Give(person.Id),
        };
        switch (await workspace.App.CommandAsync(form, cancellationToken))
        {
            case AppAnswer.Failed failed:
                workspace.Asides.Slackbot(
                    channel.Id,
                    person.Id,
                    $"{Team.Command} failed with the error \"{failed.Error}\""
                );
                break;
            case AppAnswer.Acknowledged { Body: { } body }:
                var answer =
                    body.ValueKind == JsonValueKind.String ? SlackWire.Element(new { Text = body.GetString() }) : body;
                if (workspace.Responses.Show(deed, answer) is { } error)
                {
                    workspace.Asides.Slackbot(
                        channel.Id,
                        person.Id,
                        $"{Team.Command} failed with the error \"{error}\""
                    );
                }

                break;
        }
    }

    // Slack's words.
    private static string NoCommand(string typed) =>
        $"`{typed}` is not a valid command. In Slack, all messages that start with the \"/\" character "
        + "are interpreted as commands."
        + "\n"
        + """If you want to send a message and not run a command, try preceding the "/" with an empty space.""";
}
