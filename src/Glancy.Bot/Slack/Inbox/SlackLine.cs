using System.Text.Json;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Slack;
using Glancy.Slack.Blocks;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>A line somebody said in Slack - typed, by a button, or filled in - and where its answer goes.</summary>
/// <param name="Argv">Its words, where nobody has to split them any more; null for a line as it was typed.</param>
/// <param name="ResponseUrl">Takes five answers within half an hour; null when there is none.</param>
/// <param name="Pressed">By a button, with or without a form.</param>
internal sealed record SlackLine(
    string UserId,
    string? ChannelId,
    string Text,
    IReadOnlyList<string>? Argv,
    Uri? ResponseUrl,
    bool Pressed
)
{
    private const string Product = "glancy ";
    private const string Home = "home";

    /// <summary>
    /// It may be said wherever the person is: it began at a message or in the app's Home, and changes no production.
    /// </summary>
    public bool Anywhere { get; init; }

    /// <summary>The thread it was said in, where its answer is seen; null for the channel itself.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Only a refusal is answered: what comes of it is seen where it is recorded.</summary>
    public bool Quiet { get; init; }

    /// <summary>What was said; null when the request is nothing that is said.</summary>
    public static SlackLine? Of(SlackRequest request) =>
        request switch
        {
            SlashCommand { UserId: { } user } command => new SlackLine(
                user,
                command.ChannelId,
                SlackText.Unescape(command.Text),
                null,
                command.ResponseUrl,
                Pressed: false
            ),
            BlockActions { UserId: { } user, Actions: [{ Value: { } value } action] } click
                when action.ActionId.StartsWith(SlackPage.SayPrefix, StringComparison.Ordinal) => new SlackLine(
                user,
                click.ChannelId,
                Bare(SlackText.Unescape(value)),
                null,
                click.ResponseUrl,
                Pressed: true
            ),
            ViewSubmission { UserId: { } user, View: { CallbackId: CommandForm.Callback } view } => Filled(user, view),
            SlackEvent seen => SlackMentions.Line(seen),
            _ => null,
        };

    /// <summary>
    /// Where an answer to somebody goes, whatever it was that they did; null where nobody did anything.
    /// </summary>
    public static SlackLine? Back(SlackRequest request) =>
        request switch
        {
            SlashCommand { UserId: { } user } command => new SlackLine(
                user,
                command.ChannelId,
                "",
                null,
                command.ResponseUrl,
                Pressed: false
            ),
            BlockActions { UserId: { } user } click => new SlackLine(
                user,
                click.ChannelId,
                "",
                null,
                click.ResponseUrl,
                Pressed: true
            ),
            MessageShortcut { UserId: { } user } shortcut => new SlackLine(
                user,
                shortcut.ChannelId,
                "",
                null,
                shortcut.ResponseUrl,
                Pressed: true
            ),
            ViewSubmission { UserId: { } user } => new SlackLine(user, null, "", null, null, Pressed: true),
            SlackEvent seen => SlackMentions.Line(seen),
            _ => null,
        };

    /// <summary>A form of ours whose memory cannot be read: which command it asked for is not known.</summary>
    public static bool IsUnreadable(SlackRequest request) =>
        request is ViewSubmission { View: { CallbackId: CommandForm.Callback } view } && Asked(view) is null;

    /// <summary>How the grammar reads it; no words at all ask what waits for whoever says them.</summary>
    public Reading Read(CommandGrammar grammar) =>
        Argv is { } words ? grammar.Read(words) : grammar.ReadLine(Text.Length == 0 ? Home : Text);

    /// <summary>A line without the product's name before it.</summary>
    public static string Bare(string command) =>
        command.StartsWith(Product, StringComparison.Ordinal) ? command[Product.Length..] : command;

    private static SlackLine? Filled(string user, SlackView view)
    {
        if (Asked(view) is not { } asked || Argv(asked) is not { } words)
        {
            return null;
        }

        var filled = CommandForm.Fill(words, name => view.Values.GetValueOrDefault((name, CommandForm.Field)) ?? "");
        IReadOnlyList<string> line = asked.Given is { Length: > 0 } given
            ? [.. filled, CommandForm.Plain(given)]
            : filled;
        return new SlackLine(user, asked.Channel, string.Join(' ', line), line, asked.ResponseUrl, Pressed: true)
        {
            Anywhere = asked.Anywhere,
        };

        static IReadOnlyList<string>? Argv(AskedForm asked) => Commands.Grammar.Argv.Split(Bare(asked.Command));
    }

    // Of a build that wrote it otherwise, or of somebody else's making.
    private static AskedForm? Asked(SlackView view)
    {
        try
        {
            return
                JsonSerializer.Deserialize<AskedForm>(view.PrivateMetadata)
                    is { Command: { Length: > 0 } command } asked
                && Commands.Grammar.Argv.Split(Bare(command)) is not null
                ? asked
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
