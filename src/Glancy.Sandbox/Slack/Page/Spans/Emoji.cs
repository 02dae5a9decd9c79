using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>The short names that matter to an operations channel, as characters.</summary>
internal static partial class Emoji
{
    private const string Table = """
        +1 👍  -1 👎  thumbsup 👍  thumbsdown 👎  eyes 👀  tada 🎉  pray 🙏  raised_hands 🙌  white_check_mark ✅
        heavy_check_mark ✔️
        ballot_box_with_check ☑️  x ❌  no_entry ⛔  no_entry_sign 🚫  warning ⚠️  rotating_light 🚨  fire 🔥  boom 💥  bell 🔔
        no_bell 🔕  mega 📣  sos 🆘  red_circle 🔴  large_yellow_circle 🟡  large_green_circle 🟢  white_circle ⚪
        black_circle ⚫
        large_blue_circle 🔵  question ❓  exclamation ❗  grey_question ❔  hourglass_flowing_sand ⏳  hourglass ⌛
        alarm_clock ⏰
        clock9 🕘  snowflake ❄️  ice_cube 🧊  lock 🔒  unlock 🔓  pushpin 📌  round_pushpin 📍  memo 📝  clipboard 📋  books 📚
        chart_with_upwards_trend 📈  chart_with_downwards_trend 📉  bar_chart 📊  rewind ⏪  arrows_counterclockwise 🔄
        leftwards_arrow_with_hook ↩️  arrow_forward ▶️  double_vertical_bar ⏸️  black_square_for_stop ⏹️  rocket 🚀
        wrench 🔧
        hammer_and_wrench 🛠️  gear ⚙️  robot_face 🤖  speech_balloon 💬  telephone_receiver 📞  pager 📟  sunny ☀️
        crescent_moon 🌙
        heart ❤️  ok_hand 👌
        """;

    private static readonly FrozenDictionary<string, string> Names = Table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>What people react with, most useful first.</summary>
    public static IReadOnlyList<string> Reactions { get; } =
    ["+1", "eyes", "pushpin", "white_check_mark", "pray", "tada", "x"];

    /// <summary>Null when the name is not known here.</summary>
    public static string? Find(string name) => Names.GetValueOrDefault(name);

    /// <summary>The character, or the name between colons.</summary>
    public static string Shown(string name) => Find(name) ?? $":{name}:";

    /// <summary>A plain text with its names of emoji replaced.</summary>
    public static string Replace(string text) => Name().Replace(text, name => Find(name.Groups[1].Value) ?? name.Value);

    [GeneratedRegex(":([a-z0-9_+-]{1,40}):")]
    private static partial Regex Name();
}
