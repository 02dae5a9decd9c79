using System.Text.Json;

namespace Glancy.Sandbox.Slack;

/// <summary>
/// What an app answers to a command or a click: at once in the acknowledgement, or through the response address.
/// </summary>
internal sealed class Responses(Board board, Asides asides, Content content)
{
    /// <summary>Shows an answer. Null, or Slack's error.</summary>
    public string? Show(AnsweredDeed deed, JsonElement answer)
    {
        if (answer.IsTrue("delete_original"))
        {
            return Delete(deed);
        }

        var acceptance = content.Accept(answer, Content.LongestPost);
        if (acceptance.Value is not { } accepted)
        {
            return acceptance.Error;
        }

        if (answer.IsTrue("replace_original") && (deed.Message ?? deed.Ephemeral) is not null)
        {
            return Replace(deed, accepted);
        }

        var thread = answer.Text("thread_ts");
        if (answer.Text("response_type") == "in_channel")
        {
            board.Post(
                new Message(deed.Channel, "", Team.BotUser, accepted.Text)
                {
                    BotId = Team.Bot,
                    Blocks = accepted.Blocks,
                    Metadata = accepted.Metadata,
                    ThreadTs = thread,
                }
            );
        }
        else
        {
            asides.Show(
                new Ephemeral("", deed.Channel, deed.Person, Team.BotUser, accepted.Text)
                {
                    Blocks = accepted.Blocks,
                    ThreadTs = thread,
                }
            );
        }

        return null;
    }

    private string? Delete(AnsweredDeed deed)
    {
        if (deed.Message is { } message)
        {
            board.Delete(deed.Channel, message);
        }
        else if (deed.Ephemeral is { } ephemeral)
        {
            asides.Dismiss(ephemeral);
        }

        return null;
    }

    private string? Replace(AnsweredDeed deed, AcceptedContent accepted)
    {
        if (deed.Message is { } message)
        {
            board.Replace(
                deed.Channel,
                message,
                m =>
                    m with
                    {
                        Text = accepted.Text,
                        Blocks = accepted.Blocks,
                        Metadata = accepted.Metadata ?? m.Metadata,
                    }
            );
        }
        else if (
            deed.Ephemeral is { } ephemeral
            && asides.Replace(ephemeral, e => e with { Text = accepted.Text, Blocks = accepted.Blocks }) is null
        )
        {
            // It was dismissed; Slack then shows it anew.
            asides.Show(
                new Ephemeral("", deed.Channel, deed.Person, Team.BotUser, accepted.Text) { Blocks = accepted.Blocks }
            );
        }

        return null;
    }
}
