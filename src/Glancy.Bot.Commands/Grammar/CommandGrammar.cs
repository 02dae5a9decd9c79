using System.CommandLine;
using System.CommandLine.Parsing;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Runbook;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// Reads what people say, from any channel. Strict: what is not understood completely is refused, and nothing of it is
/// done.
/// </summary>
public sealed class CommandGrammar
{
    private static readonly OptionSpec[] Everywhere =
    [
        new("json"),
        new("as", ValueKind.Person, Chinese: "身份"),
        new("lang", ValueKind.Word, Chinese: "语言"),
        new("reveal", Chinese: "揭示"),
        new("help", Chinese: "帮助"),
    ];

    private static readonly ParserConfiguration Plain = new()
    {
        EnablePosixBundling = false,

        // "@name" is a person or a word in chat; it must never read a file.
        ResponseFileTokenReplacer = null,
    };

    private readonly CommandBooks books;
    private readonly RunbookHolder runbook;
    private volatile CommandTrees? last;
    private volatile ReadLines? lines;

    /// <param name="runbook">Who and which roles there are; while none is in force, their names stay as typed.</param>
    public CommandGrammar(CommandBooks books, RunbookHolder runbook)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(runbook);
        this.books = books;
        this.runbook = runbook;
    }

    /// <summary>Reads a whole line.</summary>
    public Reading ReadLine(string line)
    {
        var known = Known();
        if (known.Find(line) is { } reading)
        {
            return reading;
        }

        reading = Argv.Split(line) is { } words
            ? Read(words)
            : new Reading.NotUnderstood(new Refusal("unclosed-quote", ""), null, null);
        known.Keep(line, reading);
        return reading;
    }

    /// <summary>Reads words that a shell has split.</summary>
    public Reading Read(IReadOnlyList<string> argv)
    {
        ArgumentNullException.ThrowIfNull(argv);
        var rejoined = Argv.Rejoin(argv);
        var (options, rest) = Apart(rejoined);
        return
            Sayings.Meant(rest, Trees().Book) is { } meant
            && ReadWords([.. options, .. meant]) is Reading.Understood understood
            ? understood with
            {
                Rewritten = true,
            }
            : ReadWords(rejoined);
    }

    private Reading ReadWords(IReadOnlyList<string> argv)
    {
        var roster = runbook.HasCurrent ? new RosterWords(runbook.Current) : null;
        var trees = Trees();
        var typed = new TypedWords(argv, trees.Book, Everywhere);
        if (
            typed.Command is { Spec: var spec }
            && roster?.Rejoin(typed.Typed, spec) is { } joined
            && joined.Count < typed.Typed.Count
        )
        {
            typed = new TypedWords(joined, trees.Book, Everywhere);
        }

        var tree = trees.Of(typed.Command);
        var parsed = CommandLineParser.Parse(tree.Root, typed.Folded, Plain);
        var options = new OutputOptions(
            Value(parsed, "--as"),
            Value(parsed, "--lang"),
            parsed.GetValue<bool>("--json"),
            parsed.GetValue<bool>("--reveal")
        );
        return ReadParsed(parsed, typed, tree.Of(parsed.CommandResult.Command), trees.Book, roster) with
        {
            OutputOptions = options,
        };
    }

    // The options that every command takes, wherever they stand, and the other words.
    private static (IReadOnlyList<string> Options, IReadOnlyList<string> Others) Apart(IReadOnlyList<string> argv)
    {
        var (options, rest) = (new List<string>(), new List<string>());
        for (var i = 0; i < argv.Count; i++)
        {
            var word = Folding.Fold(argv[i]);
            if (Everywhere.FirstOrDefault(o => TypedWords.Names(o, word)) is not { } option)
            {
                rest.Add(argv[i]);
                continue;
            }

            options.Add(argv[i]);
            if (option.Kind is not null && !word.Contains('=', StringComparison.Ordinal) && i + 1 < argv.Count)
            {
                options.Add(argv[++i]);
            }
        }

        return (options, rest);
    }

    private static string? Value(ParseResult parsed, string name) =>
        parsed.GetResult(name) is OptionResult { Tokens: [var token, ..] } ? token.Value : null;

    // Built once for each book.
    private CommandTrees Trees()
    {
        var book = books.Current;
        var trees = last;
        if (trees?.Book != book)
        {
            last = trees = new CommandTrees(book, Everywhere);
        }

        return trees;
    }

    // What a line says changes with the book and the roster.
    private ReadLines Known()
    {
        var (book, roster) = (books.Current, runbook.HasCurrent ? runbook.Current : null);
        var known = lines;
        if (known?.Book != book || known.Roster != roster)
        {
            lines = known = new ReadLines(book, roster);
        }

        return known;
    }

    private static Reading ReadParsed(
        ParseResult parsed,
        TypedWords typed,
        CommandRegistration? registration,
        CommandBook book,
        RosterWords? roster
    )
    {
        if (parsed.GetValue<bool>("--help") || (typed.Verbs.Count == 0 && typed.Rest.Count == 0))
        {
            return new Reading.HelpWanted(registration?.Spec.Verbs ?? string.Join(' ', typed.Verbs));
        }

        if (typed.Command is null || registration is null)
        {
            return NoCommand(typed, book);
        }

        var spec = registration.Spec;

        // The parser takes an option it does not know for a value; nobody means that.
        var values = spec.Arguments.SelectMany(a => parsed.GetResult(a.Name)?.Tokens ?? []).Select(t => t.Value);
        if (parsed.UnmatchedTokens.Concat(values).FirstOrDefault(LooksLikeOption) is { } unknown)
        {
            return new Reading.NotUnderstood(
                new Refusal("unknown-option", "", unknown),
                NearestOption(unknown, spec),
                spec
            );
        }

        if (parsed.UnmatchedTokens is [var extra, ..])
        {
            return new Reading.NotUnderstood(new Refusal("too-many-words", "", extra), null, spec);
        }

        return CommandReading.Of(registration, parsed, typed, Everywhere, roster);
    }

    private static Reading.NotUnderstood NoCommand(TypedWords typed, CommandBook book)
    {
        if (typed.Verbs is [var group])
        {
            var within = book.Paths.Where(p => p.StartsWith(group + " ", StringComparison.OrdinalIgnoreCase));
            var known = string.Join(
                ", ",
                book.All.Select(c => c.Spec.Verbs).Where(v => v.StartsWith(group + " ", StringComparison.Ordinal))
            );
            return typed.Rest is [var second, ..] && !LooksLikeOption(second)
                ? new Reading.NotUnderstood(
                    new Refusal("unknown-command", "", group + " " + second),
                    Nearness.Nearest(group + " " + second, within),
                    null
                )
                : new Reading.NotUnderstood(new Refusal("incomplete-command", "", group, known), null, null);
        }

        var word = typed.Rest.Count > 0 ? typed.Rest[0] : string.Join(' ', typed.Folded);
        return LooksLikeOption(word)
            ? new Reading.NotUnderstood(new Refusal("unknown-option", "", word), NearestOption(word, null), null)
            : new Reading.NotUnderstood(
                new Refusal("unknown-command", "", word),
                Nearness.Nearest(word, book.Paths),
                null
            );
    }

    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-';

    private static string? NearestOption(string typed, CommandSpec? spec) =>
        Nearness.Nearest(typed.Split('=')[0], Everywhere.Concat(spec?.Options ?? []).Select(o => "--" + o.Name));
}
