using System.Text.Json;
using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Words;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>What a view that asks remembers: the command with its blanks, and where the answer goes.</summary>
public sealed record SlackAsked(string Command, string? Channel, Uri? ResponseUrl);

/// <summary>
/// A view that asks for what a command still lacks: <c>glancy run abort R-1 --reason ...</c> becomes one field for the reason,
/// <c>glancy handover add &lt;follow-up&gt;</c> one for the follow-up.
/// </summary>
public static partial class SlackAsk
{
    public const string Callback = "ask";

    /// <summary>The action id of every field; its block carries the option's or the value's name.</summary>
    public const string Field = "value";

    private const string Blank = "...";
    private const string Dashes = "--";
    private const int Longest = 500;

    /// <summary>Whether something has to be filled in.</summary>
    public static bool HasBlanks(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Contains(Blank, StringComparison.Ordinal) || NamedBlank().IsMatch(command);
    }

    /// <summary>The view; null when the command is none that can be asked for.</summary>
    public static ModalView? View(SlackAsked asked, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(words);
        var metadata = JsonSerializer.Serialize(asked);
        if (Argv.Split(asked.Command) is not { Count: > 1 } argv || Blanks(argv) is not { Count: > 0 } blanks || Limits.Length(metadata) > Limits.PrivateMetadata)
        {
            return null;
        }

        // "glancy run abort R-1 --reason ...": the words before the first that is no verb.
        var verbs = string.Join(' ', argv.TakeWhile(w => w.All(c => c is (>= 'a' and <= 'z') or '-') && !w.StartsWith(Dashes, StringComparison.Ordinal)));
        var deed = string.Join(' ', argv.Skip(1).TakeWhile(w => !w.StartsWith(Dashes, StringComparison.Ordinal)).Where(w => Named(w) is null));
        return new ModalView(
            new PlainText(SlackText.Cut("/" + verbs, Limits.ViewTitle)),
            [
                new SectionBlock(new Mrkdwn(SlackText.Code(SlackText.Cut("/" + asked.Command, Longest)))),
                .. blanks.Select(name => new InputBlock(new PlainText(Label(name, words)), new PlainTextInput(Field, Multiline: true, MaxLength: Longest), BlockId: name)),
            ],
            Submit: new PlainText(SlackText.Cut(deed, Limits.ViewTitle)),
            Close: new PlainText(words["slack.no"].Plain),
            CallbackId: Callback,
            PrivateMetadata: metadata);
    }

    /// <summary>What is said where the view could not be opened: the words to type.</summary>
    public static string Typed(string command, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return SlackText.Escape(words["slack.not-opened"].Plain) + " " + SlackText.Code("/" + command);
    }

    /// <summary>The command's words with what was filled in. A value stays one word of its option, whatever is in it; one without an option begins with no dash, so that it is none.</summary>
    public static IReadOnlyList<string> Fill(IReadOnlyList<string> argv, Func<string, string> value)
    {
        ArgumentNullException.ThrowIfNull(argv);
        ArgumentNullException.ThrowIfNull(value);
        var filled = new List<string>();
        for (var i = 0; i < argv.Count; i++)
        {
            if (OptionAt(argv, i + 1) is { } option)
            {
                filled.Add($"{argv[i]}={value(option)}");
                i++;
            }
            else
            {
                filled.Add(Named(argv[i]) is { } name ? LeadingDashes().Replace(value(name), "") : argv[i]);
            }
        }

        return filled;
    }

    private static List<string> Blanks(IReadOnlyList<string> argv) =>
        [.. Enumerable.Range(1, argv.Count - 1).Select(i => OptionAt(argv, i) ?? Named(argv[i])).OfType<string>()];

    // The option whose value is left open there.
    private static string? OptionAt(IReadOnlyList<string> argv, int i) =>
        i > 0 && i < argv.Count && argv[i] == Blank && argv[i - 1].StartsWith(Dashes, StringComparison.Ordinal) && argv[i - 1].Length > Dashes.Length ? argv[i - 1][Dashes.Length..] : null;

    private static string? Named(string word) => NamedBlank().Match(word) is { Success: true } match && match.Length == word.Length ? word[1..^1] : null;

    // What is typed on a command line may need quotes; what is typed into a field does not.
    private static string Label(string name, Phrasebook words) =>
        ((string[])["slack.field." + name, "option." + name, "value." + name]).Where(words.Knows).Select(key => words[key].Plain).FirstOrDefault(name);

    [GeneratedRegex("<[a-z][a-z-]*>")]
    private static partial Regex NamedBlank();

    [GeneratedRegex(@"^[\p{Pd}\s]+")]
    private static partial Regex LeadingDashes();
}
