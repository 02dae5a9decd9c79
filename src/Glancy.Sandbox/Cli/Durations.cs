using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Cli;

/// <summary>Durations as people type them: <c>90s</c>, <c>20m</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal static partial class Durations
{
    /// <summary>Null when it is none, or not more than nothing.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var sum =
            TimeSpan.FromDays(Part("d"))
            + TimeSpan.FromHours(Part("h"))
            + TimeSpan.FromMinutes(Part("m"))
            + TimeSpan.FromSeconds(Part("s"));
        return sum > TimeSpan.Zero ? sum : null;

        double Part(string unit) =>
            match.Groups[unit] is { Success: true, Value: var value }
                ? double.Parse(value, CultureInfo.InvariantCulture)
                : 0;
    }

    [GeneratedRegex("^((?<d>[0-9]{1,4})d)?((?<h>[0-9]{1,4})h)?((?<m>[0-9]{1,5})m)?((?<s>[0-9]{1,6})s)?$")]
    private static partial Regex Shape();
}
