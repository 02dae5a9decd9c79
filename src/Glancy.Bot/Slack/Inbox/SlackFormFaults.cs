using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Kernel;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>Looks through what was filled in before anything of it is written down.</summary>
internal sealed class SlackFormFaults(CommandGrammar grammar, SlackPeople people)
{
    /// <summary>
    /// What is wrong with what was filled in, under its field, as far as the grammar knows; null when nothing is.
    /// </summary>
    public SlackReply? Of(SlackRequest request)
    {
        if (request is ViewSubmission { View.Values: { Count: > 0 } fields } && SlackLine.IsUnreadable(request))
        {
            return Under(
                fields.Keys.First().BlockId,
                UnrecordedReply.Words(new Refusal("form-unreadable", ""), people.Words(people.Find(request.UserId)))
            );
        }

        if (
            request is not ViewSubmission { View: { CallbackId: CommandForm.Callback, Values: { Count: > 0 } values } }
            || SlackLine.Of(request) is not { } line
            || line.Read(grammar) is not Reading.NotUnderstood { Refusal: var refusal }
        )
        {
            return null;
        }

        var data = RefusalView.Data(refusal, people.Words(people.Find(request.UserId)));
        var about = refusal.Arguments is [_, ..] ? refusal.Arguments[0].TrimStart('-') : "";
        var field = values.Keys.FirstOrDefault(k => k.BlockId == about || values[k] == about, values.Keys.Last());
        return Under(field.BlockId, $"{data.Words} {data.Next}");
    }

    private static SlackReply Under(string block, string words) =>
        SlackReply.Errors(new Dictionary<string, string> { [block] = words });
}
