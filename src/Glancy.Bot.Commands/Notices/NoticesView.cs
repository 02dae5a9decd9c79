using System.Globalization;
using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Notices;

/// <summary>What the bot said by itself, in words.</summary>
internal static class NoticesView
{
    public static Page Page(IReadOnlyList<Notice> notices, Names names)
    {
        var words = names.Words;
        return notices.Count == 0
            ? new Page(words["notices.none"], [])
            : new Page(
                words.Say("notices.title", Text.FromInt64(notices.Count)),
                [
                    new Block.Table(
                        [words["notices.column.at"], words["notices.column.kind"], words["notices.column.words"]],
                        [
                            .. notices.Select(n =>
                                (IReadOnlyList<Text>)[TimeText.Moment(n.At), Kind(n, words), Words(n, names)]
                            ),
                        ]
                    ),
                ]
            )
            {
                Foot = words.Zone(),
            };
    }

    /// <summary>One notice as a sentence.</summary>
    public static Text Words(Notice notice, Names names)
    {
        var words = names.Words;
        var arguments = Arguments(notice.Arguments, names);
        var language = words.Culture.TwoLetterISOLanguageName == "zh" ? "_zh" : "_en";
        if (notice.Arguments.TryGetValue("title" + language, out var title))
        {
            arguments["title"] = title;
        }

        arguments["step_title"] = notice.Arguments.GetValueOrDefault(
            "step_title" + language,
            notice.Arguments.GetValueOrDefault("step", "")
        );
        arguments["why"] = Why(notice.Arguments, words);
        return words.SayNamed("notice." + Template(notice), arguments);
    }

    // An announcement claims what is known and nothing else, whatever it would say in the ordinary course.
    private static string Template(Notice notice) =>
        notice.Arguments.GetValueOrDefault("standing") switch
        {
            "begun" => "announce-begun",
            "incomplete" => "announce-incomplete",
            "unverified" => "announce-unverified",
            _ => notice.Template,
        };

    private static Text Why(IReadOnlyDictionary<string, string> facts, Phrasebook words) =>
        facts.TryGetValue("because", out var because)
        && facts.GetValueOrDefault("code") is { Length: > 0 } code
        && words.Knows("refusal." + code)
            ? RefusalView.Words(new Refusal(code, "", because.Length == 0 ? [] : because.Split('\n')), words)
                + words["page.sentence-separator"]
            : Text.Empty;

    /// <summary>Facts by their names, as people read them.</summary>
    internal static Dictionary<string, Text> Arguments(IReadOnlyDictionary<string, string> facts, Names names) =>
        facts.ToDictionary(a => a.Key, a => Argument(a.Key, a.Value, names));

    private static Text Argument(string name, string value, Names names) =>
        name switch
        {
            "state" when Enum.TryParse<RunState>(value, out var state) => RunWords.State(state, null, names.Words),
            "person" or "by" or "given" => value.Length == 0 ? Text.Empty : names.Person(value),
            "role" => names.Role(value),
            "to" => names.Persons(value.Split(',', StringSplitOptions.RemoveEmptyEntries)),
            _ when name.EndsWith("_persons", StringComparison.Ordinal) => names.Persons(
                value.Split(',', StringSplitOptions.RemoveEmptyEntries)
            ),
            "although" => names.Words.List(
                value
                    .Split(", ")
                    .Select(doubt => doubt.Split(' ', 2))
                    .Select(d =>
                        d is [var code, var what] && names.Words.Knows("doubt." + code)
                            ? names.Words.Say("doubt." + code, what)
                            : string.Join(' ', d)
                    )
            ),
            "left_items" => LeftWords.Of(value.Split(',', StringSplitOptions.RemoveEmptyEntries), names.Words),
            "link" when Uri.TryCreate(value, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" =>
                Text.To(link, names.Words.Plain("notices.original")),
            "to_roles" => names.Words.List(value.Split(',').Select(names.Role)),
            "light" when Enum.TryParse<EpisodeLight>(value, out var light) => EpisodeView.Light(light, names.Words),
            "alone" when NobodysReason.Read(value) is { } reason => EpisodeView.Why(reason, names),
            "waived" => BreakGlassText.Waived(value.Split(", "), names.Words),
            _ when name.EndsWith("_at", StringComparison.Ordinal)
                    && DateTimeOffset.TryParse(
                        value,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.RoundtripKind,
                        out var at
                    ) => TimeText.Moment(at),
            _ => value,
        };

    private static Text Kind(Notice notice, Phrasebook words)
    {
        var kind = "notices.kind." + notice.Kind;
        var said = words.Knows(kind) ? words[kind] : notice.Kind;
        return (notice.Kind == "page" ? said.In(Tone.Bad) : said)
            + (notice.Revision > 1 ? words.Say("notices.revision", Text.FromInt64(notice.Revision)) : Text.Empty);
    }
}
