using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Production;

/// <summary>The configuration centre: flags by name, snapshots by name.</summary>
public sealed partial class Flags
{
    public const string ForceBasic = "glancy.lookup.force_basic";
    public const string Regenerate = "glancy.regenerate.enabled";
    public const string Exports = "glancy.exports.enabled";
    public const string DegradeForceBasic = "glancy.degrade.force_basic";
    public const string CacheMode = "glancy.cache.mode";
    public const string UserRpm = "glancy.ratelimit.user_rpm";
    public const string Examples = "glancy.lookup.examples";
    public const string FreePlan = "glancy.plan.free.enabled";
    public const string LowPriorityExports = "glancy.exports.low_priority";
    public const string StreamingTransport = "glancy.streaming.transport";

    private static readonly Dictionary<string, string> Defaults = new()
    {
        [ForceBasic] = "false",
        [Regenerate] = "true",
        [Exports] = "true",
        [LowPriorityExports] = "true",
        [DegradeForceBasic] = "false",
        [CacheMode] = "normal",
        [UserRpm] = "300",
        [Examples] = "3",
        [FreePlan] = "true",
        [StreamingTransport] = "wss",
    };

    private readonly SortedDictionary<string, string> values = new(Defaults, StringComparer.Ordinal);
    private readonly List<string> snapshots = [];

    public IReadOnlyList<string> Snapshots => snapshots;

    /// <summary>When the newest snapshot was taken; null before the first.</summary>
    public DateTimeOffset? LastSnapshot { get; private set; }

    public string this[string name] => values[name];

    public bool IsOn(string name) => values[name] == "true";

    public double Number(string name) => double.Parse(values[name], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Flags whose name matches, with <c>*</c> for any text, sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Matching(string glob) =>
        [.. values.Where(f => FileSystemName.MatchesSimpleExpression(glob, f.Key, ignoreCase: false))];

    /// <summary>Why a value is not accepted; null when it is.</summary>
    public string? Objection(string name, string value)
    {
        if (!values.TryGetValue(name, out var current))
        {
            return $"unknown flag {name}";
        }

        var fits =
            current is "true" or "false" ? value is "true" or "false"
            : name == CacheMode ? value is "normal" or "l2_prio"
            : char.IsAsciiDigit(current[0]) ? WholeNumber().IsMatch(value)
            : value is "wss" or "http_polling";
        return fits ? null : $"{name} cannot be {value}";
    }

    /// <summary>Returns the value before.</summary>
    public string Set(string name, string value)
    {
        var before = values[name];
        values[name] = value;
        return before;
    }

    /// <summary>Named after the second it was taken in, in Shanghai; two never share a name.</summary>
    public string TakeSnapshot(DateTimeOffset at)
    {
        var local = at.ToOffset(TimeSpan.FromHours(8));
        var name = $"cfg-{local:yyyyMMdd-HHmmss}";
        while (snapshots.Contains(name))
        {
            local = local.AddSeconds(1);
            name = $"cfg-{local:yyyyMMdd-HHmmss}";
        }

        snapshots.Add(name);
        LastSnapshot = at;
        return name;
    }

    public void Reset()
    {
        foreach (var (name, value) in Defaults)
        {
            values[name] = value;
        }
    }

    [GeneratedRegex("^[1-9][0-9]{0,5}$")]
    private static partial Regex WholeNumber();
}
