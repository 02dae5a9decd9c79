using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Words;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>What a view that asks remembers: the command with its blanks, and where the answer goes.</summary>
/// <param name="Given">A last word of the command that nobody is asked for: a message's own words.</param>
/// <param name="Anywhere">It may be said wherever the person is: it began at a message or in the app's Home, and
/// changes no production.</param>
public sealed record AskedForm(
    string Command,
    string? Channel,
    Uri? ResponseUrl,
    string? Given = null,
    bool Anywhere = false
);

/// <summary>How one blank is asked for, where it is more than a line to write.</summary>
/// <param name="Choices">What may be chosen: the value, and what people read; null for a line to write.</param>
/// <param name="Initial">What stands there at first.</param>
/// <param name="Hint">A sentence under the field.</param>
/// <param name="Longest">Code points that may be written.</param>
public sealed record FormField(
    IReadOnlyList<(string Value, string Said)>? Choices = null,
    string? Initial = null,
    string? Hint = null,
    int? Longest = null
);

/// <summary>
/// A view that asks for what a command still lacks: <c>glancy run abort R-1 --reason ...</c> becomes one field for the
/// reason, <c>glancy handover add &lt;follow-up&gt;</c> one for the follow-up.
/// </summary>
public static partial class CommandForm
{
    public const string Callback = "ask";

    /// <summary>The action id of every field; its block carries the option's or the value's name.</summary>
    public const string Field = "value";

    private const string Dashes = "--";
    private const string Alone = "--break-glass";
    private const string Acts = "slack.form-acts";
    private const int Longest = 500;

    // Chinese as it is: as escapes a message's words would be too long for Slack.
    private static readonly JsonSerializerOptions Metadata = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Whether something has to be filled in.</summary>
    public static bool HasBlanks(string command)
    {
        ArgumentNullException.ThrowIfNull(command);

        // Words that stand for themselves, not what stands in the middle of what somebody calls a thing: an alert may
        // be called <x>.
        return Argv.Split(command) is not { } argv
            ? command.Contains(MissingWords.Blank, StringComparison.Ordinal)
            : argv.Contains(MissingWords.Blank) || argv.Any(word => Named(word) is not null);
    }

    /// <summary>The view; null when the command is none that can be asked for.</summary>
    /// <param name="fields">How some of the blanks are asked for, by their names.</param>
    public static ModalView? View(
        AskedForm asked,
        CommandBook book,
        Phrasebook words,
        IReadOnlyDictionary<string, FormField>? fields = null
    )
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(words);
        var metadata = JsonSerializer.Serialize(asked, Metadata);
        if (
            Argv.Split(asked.Command) is not { Count: > 1 } argv
            || Blanks(argv) is not { Count: > 0 } blanks
            || Limits.Length(metadata) > Limits.PrivateMetadata
            || SpecOf(argv, book) is not { } spec
        )
        {
            return null;
        }

        // The button that sends says whether something changes at once, and a line says it again.
        var alone = argv.Contains(Alone);
        var deed = SlackText.Cut((alone ? words["break-glass.form-title"] : spec.Deed(words)).Plain, Limits.ViewTitle);
        var effect =
            alone ? "break-glass.form-acts"
            : spec.Drafts ? "slack.form-drafts"
            : spec.Effect == Effect.Read ? "slack.form-reads"
            : Acts;
        var submit =
            alone ? words["break-glass.form-send"].Plain
            : spec.Drafts ? words["slack.form-draft"].Plain
            : deed;
        return new ModalView(
            new PlainText(deed),
            [
                new AlertBlock(
                    new PlainText(SlackText.Cut(words[effect].Plain, Limits.AlertText)),
                    alone || effect == Acts ? "warning" : "info"
                ),
                .. asked.Given is { Length: > 0 } given
                    ? (Block[])[new SectionBlock(new Mrkdwn(SlackText.Escape(SlackText.Cut(given, Longest))))]
                    : [],
                .. blanks.Select(name => Input(name, fields?.GetValueOrDefault(name) ?? new FormField(), words)),
            ],
            Submit: new PlainText(SlackText.Cut(submit, Limits.ViewTitle)),
            Close: new PlainText(words["slack.no"].Plain),
            CallbackId: Callback,
            PrivateMetadata: metadata
        );
    }

    /// <summary>What is said where the view could not be opened: the words to type.</summary>
    public static string Typed(string command, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return SlackText.Escape(words["slack.not-opened"].Plain) + " " + SlackText.Code("/" + command);
    }

    /// <summary>
    /// The command's words with what was filled in. A value stays one word of its option, whatever is in it; one
    /// without an option begins with no dash, so that it is none.
    /// </summary>
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

    private static InputBlock Input(string name, FormField field, Phrasebook words)
    {
        var label = new PlainText(Label(name, words));
        var hint = field.Hint is { Length: > 0 } said ? new PlainText(said) : null;
        if (field.Choices is not { Count: > 0 } choices)
        {
            var longest = field.Longest ?? Longest;
            var initial = field.Initial is { Length: > 0 } text ? SlackText.Cut(text, longest) : null;
            return new InputBlock(
                label,
                new PlainTextInput(Field, InitialValue: initial, Multiline: true, MaxLength: longest),
                hint,
                BlockId: name
            );
        }

        var options = choices
            .Take(Limits.Options)
            .Select(c => new Option(new PlainText(SlackText.Cut(c.Said, Limits.OptionText)), c.Value))
            .ToList();
        return new InputBlock(
            label,
            new StaticSelect(Field, options, InitialOption: options.FirstOrDefault(o => o.Value == field.Initial)),
            hint,
            BlockId: name
        );
    }

    /// <summary>A value that is no option, whatever it begins with, on one line.</summary>
    public static string Plain(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return LeadingDashes()
            .Replace(string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), "");
    }

    // "glancy run abort R-1 --reason ...": its verbs are one or two words after the product's name.
    private static CommandSpec? SpecOf(IReadOnlyList<string> argv, CommandBook book) =>
        ((argv.Count > 2 ? book.Find($"{argv[1]} {argv[2]}") : null) ?? book.Find(argv[1]))?.Spec;

    private static List<string> Blanks(IReadOnlyList<string> argv) =>
        [.. Enumerable.Range(1, argv.Count - 1).Select(i => OptionAt(argv, i) ?? Named(argv[i])).OfType<string>()];

    // The option whose value is left open there.
    private static string? OptionAt(IReadOnlyList<string> argv, int i) =>
        i > 0
        && i < argv.Count
        && argv[i] == MissingWords.Blank
        && argv[i - 1].StartsWith(Dashes, StringComparison.Ordinal)
        && argv[i - 1].Length > Dashes.Length
            ? argv[i - 1][Dashes.Length..]
            : null;

    private static string? Named(string word) =>
        NamedBlank().Match(word) is { Success: true } match && match.Length == word.Length ? word[1..^1] : null;

    // What is typed on a command line may need quotes; what is typed into a field does not.
    private static string Label(string name, Phrasebook words) =>
        ((string[])["slack.field." + name, "option." + name, "value." + name])
            .Where(words.Knows)
            .Select(key => words[key].Plain)
            .FirstOrDefault(name);

    [GeneratedRegex("<[a-z][a-z-]*>")]
    private static partial Regex NamedBlank();

    [GeneratedRegex(@"^[\p{Pd}\s]+")]
    private static partial Regex LeadingDashes();
}
