using System.Globalization;

namespace Glancy.Bench;

/// <summary>What a run of the bench was asked for.</summary>
/// <param name="Seconds">Of load in each round.</param>
/// <param name="AlertsMinutes">How long alerts come at a steady rate.</param>
/// <param name="Only">Null: everything; otherwise what has this in its name.</param>
internal sealed record Asked(int Seconds, int AlertsMinutes, string? Only)
{
    public const string Usage =
        "usage: ./glancy bench [--only <word>] [--seconds <n>] [--alerts-minutes <n>]\n"
        + "       ./glancy bench --table [<file>]\n"
        + "       ./glancy bench --scale [<runs>]\n"
        + "  --only            rows and groups with this in their name; nothing is kept\n"
        + "  --seconds         of load in each of three rounds, 8\n"
        + "  --alerts-minutes  of 1,000 alerts each, 1; 10 for the whole row\n"
        + "  --table           puts a run into docs/performance.md, the newest one\n"
        + "  --scale           how answers grow up to so many runs, 1000000, and ten times as many events; an hour\n"
        + "The bot is GLANCY_BOT_DLL.";

    public TimeSpan Load => TimeSpan.FromSeconds(Seconds);

    /// <summary>Null for what is no such line.</summary>
    public static Asked? Read(ReadOnlySpan<string> args)
    {
        var options = new Asked(8, 1, null);
        for (; args.Length > 0; args = args[2..])
        {
            switch (args)
            {
                case ["--only", { Length: > 0 } word, ..]:
                    options = options with { Only = word };
                    break;
                case ["--seconds", var said, ..] when Number(said) is { } seconds:
                    options = options with { Seconds = seconds };
                    break;
                case ["--alerts-minutes", var said, ..] when Number(said) is { } minutes:
                    options = options with { AlertsMinutes = minutes };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    public bool Wants(params IEnumerable<string> names) =>
        Only is not { } word || names.Any(n => n.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static int? Number(string said) =>
        int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100
            ? number
            : null;
}
