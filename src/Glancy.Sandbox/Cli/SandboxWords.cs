using System.Globalization;

namespace Glancy.Sandbox.Cli;

/// <summary>
/// The one language of a session: by <c>--lang</c>, else by the locale, else Chinese, as the bot itself chooses.
/// </summary>
/// <param name="Chinese">Otherwise English.</param>
internal sealed record SandboxWords(bool Chinese)
{
    private const string Option = "--lang";

    public CultureInfo Culture => CultureInfo.GetCultureInfo(Chinese ? "zh-CN" : "en-US");

    /// <param name="args">The command line, not parsed yet: its help is in the language too.</param>
    /// <param name="variable">Reads the environment.</param>
    public static SandboxWords Of(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var said = args.Zip(args.Skip(1))
            .Where(pair => pair.First == Option)
            .Select(pair => pair.Second)
            .Concat(
                args.Where(word => word.StartsWith(Option + "=", StringComparison.Ordinal))
                    .Select(word => word[(Option.Length + 1)..])
            )
            .LastOrDefault();
        var wanted = new[] { said, variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG") }.FirstOrDefault(
            text => !string.IsNullOrEmpty(text)
        );
        return new SandboxWords(wanted?.StartsWith("en", StringComparison.OrdinalIgnoreCase) != true);
    }

    public string Say(string chinese, string english) => Chinese ? chinese : english;
}
