using System.Globalization;
using Glancy.Runbook.Alerts;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Flags;

/// <summary><c>flags.yaml</c>: the feature flags of §2.3, §5 and §6.</summary>
internal static class FlagsFile
{
    public static (IReadOnlyDictionary<string, Flag> Flags, LeaseRules Leases) Read(RunbookReading reading)
    {
        var flags = new Dictionary<string, Flag>();
        if (reading.Open("flags.yaml") is not { } file)
        {
            return (flags, new LeaseRules(default, default));
        }

        foreach (var fields in file.Maps("flags"))
        {
            var name = fields.Id("name");
            reading.Declare(References.Flag, name, fields.File, fields.LineOf("name"));
            var flag = new Flag(
                name,
                fields.Words("title"),
                fields.Text("default"),
                [.. fields.Texts("values").Select(v => v.Value)],
                fields.Flag("kill_switch", otherwise: false),
                fields.References("affects", References.Hook),
                [.. Recovers(reading, fields)],
                fields.Section()
            );
            if (flag.Default.Length > 0 && !Takes(flag, flag.Default))
            {
                fields.Problem("default", "bad-flag-value", name, flag.Default);
            }

            fields.Done();
            flags[name] = flag;
        }

        var leases = Leases(file);
        file.Done();
        return (flags, leases);
    }

    // SOPs are read later than flags.
    private static IEnumerable<string> Recovers(RunbookReading reading, Fields flag)
    {
        foreach (var item in flag.Texts("recovers"))
        {
            if (item.Value.StartsWith(SopLine.Prefix, StringComparison.Ordinal))
            {
                reading.ReferLater(References.SopLine, item.Value, flag.File, item.Line);
            }
            else
            {
                reading.Refer(References.Hook, item.Value, flag.File, item.Line);
            }

            yield return item.Value;
        }
    }

    private static LeaseRules Leases(Fields file)
    {
        if (file.Map("leases") is not { } fields)
        {
            return new LeaseRules(default, default);
        }

        var rules = new LeaseRules(fields.SomeTime("undo_free"), fields.SomeTime("remind_every"));
        fields.Section();
        fields.Done();
        return rules;
    }

    /// <summary>
    /// Whether the flag may have this value: one of its values, or a whole number where none are listed.
    /// </summary>
    public static bool Takes(Flag flag, string value) =>
        flag.Values.Count > 0
            ? flag.Values.Contains(value, StringComparer.Ordinal)
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Checks a value meant for a flag; says nothing where the flag itself is unknown.</summary>
    public static void Check(
        RunbookReading reading,
        IReadOnlyDictionary<string, Flag> flags,
        string name,
        string value,
        string file,
        int line
    )
    {
        if (flags.TryGetValue(name, out var flag) && !Takes(flag, value))
        {
            reading.Problem(file, line, "bad-flag-value", name, value);
        }
    }
}
