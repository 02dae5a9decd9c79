using System.Text;
using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Tests;

/// <summary>The product's own C#, for lints.</summary>
public static partial class Sources
{
    /// <summary>
    /// Every C# file under a project, by path, with each statement on one line however it is wrapped.
    /// </summary>
    public static IEnumerable<(string File, string Text)> Of(string project) =>
        Directory
            .EnumerateFiles(Path.Combine(RunbookOnDisk.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            )
            .Select(file => (Path.GetRelativePath(RunbookOnDisk.Root, file), Unwrapped(File.ReadAllLines(file))));

    /// <summary>Refusals as they are made in the code: the code and how many arguments it is given.</summary>
    public static IEnumerable<(string File, string Code, int Arguments)> Refusals(string project)
    {
        foreach (var (file, text) in Of(project))
        {
            foreach (Match match in RefusalCall().Matches(text))
            {
                var rest = Rest(text, match.Index + match.Length);
                var codes = Literal()
                    .Matches(rest[0])
                    .Select(m => m.Groups[1].Value)
                    .Where(code => Code().IsMatch(code));
                foreach (var code in codes)
                {
                    yield return (file, code, rest.Count - 2);
                }
            }
        }
    }

    /// <summary>
    /// Lines that were broken at a bracket, a comma or an operator, put together again; literals as well.
    /// </summary>
    public static string Unwrapped(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        var before = "";
        foreach (var line in lines)
        {
            var (trimmed, comment) = (line.Trim(), before.StartsWith("//", StringComparison.Ordinal));
            var joins = !comment && !trimmed.StartsWith("//", StringComparison.Ordinal) && before.Length > 0;
            if (
                joins
                && (
                    before[^1] is '(' or '['
                    || trimmed.StartsWith(')')
                    || trimmed.StartsWith(']')
                    || trimmed.StartsWith('.')
                )
            )
            {
                text.Append(trimmed);
            }
            else if (joins && (GoesOn().IsMatch(before) || ContinuesBefore().IsMatch(trimmed)))
            {
                text.Append(' ').Append(trimmed);
            }
            else
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(line);
            }

            before = trimmed;
        }

        return BetweenLiterals().Replace(text.ToString(), "");
    }

    // The arguments of a call, split at its own commas.
    private static List<string> Rest(string text, int from)
    {
        var arguments = new List<string>();
        var depth = 0;
        var start = from;
        var quoted = false;
        for (var i = from; i < text.Length; i++)
        {
            var letter = text[i];
            quoted ^= letter == '"' && text[i - 1] != '\\';
            if (quoted)
            {
                continue;
            }

            depth +=
                letter is '(' or '[' or '{' ? 1
                : letter is ')' or ']' or '}' ? -1
                : 0;
            if (depth < 0 || (depth == 0 && letter == ','))
            {
                arguments.Add(text[start..i]);
                start = i + 1;
            }

            if (depth < 0)
            {
                break;
            }
        }

        return arguments;
    }

    [GeneratedRegex(@"new Refusal\(")]
    private static partial Regex RefusalCall();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Code();

    [GeneratedRegex(@"(,|=|=>|\+|\?|:|&&|\|\|)$")]
    private static partial Regex GoesOn();

    [GeneratedRegex(@"^(\+|\?|:|&&|\|\||=>) ")]
    private static partial Regex ContinuesBefore();

    [GeneratedRegex(@"""\s\+\s\$?""")]
    private static partial Regex BetweenLiterals();
}
