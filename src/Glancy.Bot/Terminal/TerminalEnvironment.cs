using System.Globalization;

namespace Glancy.Bot.Terminal;

/// <summary>What the client takes from where it was started.</summary>
/// <param name="Sockets">Sockets of the replicas, in the order they are tried.</param>
/// <param name="Culture">Null when the environment does not say.</param>
internal sealed record TerminalEnvironment(IReadOnlyList<string> Sockets, string? Culture, int Width, bool Colour)
{
    /// <summary>How the asker started it, as a wrapper says; null when it is on PATH.</summary>
    public string? Program { get; init; }

    private const string DefaultFolder = "/run/glancy";
    private const int WidthOfPipes = 100;

    /// <summary>
    /// Reads <c>GLANCY_SOCKETS</c>, <c>GLANCY_PROGRAM</c>, <c>COLUMNS</c>, <c>NO_COLOR</c>, <c>TERM</c>, <c>LC_ALL</c>,
    /// <c>LC_MESSAGES</c> and <c>LANG</c>.
    /// </summary>
    public static TerminalEnvironment Read(Func<string, string?> variable, bool redirected, Func<int> windowWidth)
    {
        var columns =
            int.TryParse(variable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            && given > 0
                ? given
            : redirected ? WidthOfPipes
            : windowWidth();
        return new TerminalEnvironment(
            SocketsOf(Set(variable("GLANCY_SOCKETS")) ?? DefaultFolder),
            CultureOf(Set(variable("LC_ALL")) ?? Set(variable("LC_MESSAGES")) ?? Set(variable("LANG")) ?? ""),
            columns > 0 ? columns : WidthOfPipes,
            !redirected && Set(variable("NO_COLOR")) is null && variable("TERM") is not "dumb"
        )
        {
            Program = Set(variable("GLANCY_PROGRAM")),
        };
    }

    private static string? Set(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static List<string> SocketsOf(string list) =>
        [.. list.Split(':', StringSplitOptions.RemoveEmptyEntries).SelectMany(SocketsAt)];

    private static IEnumerable<string> SocketsAt(string path) =>
        Directory.Exists(path) ? Directory.GetFiles(path, "*.sock").Order(StringComparer.Ordinal) : [path];

    private static string? CultureOf(string locale) =>
        locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh-CN"
        : locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en-US"
        : null;
}
