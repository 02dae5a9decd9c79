using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Yaml;

/// <content>Fields that hold one value: ids, choices, numbers, durations and limits.</content>
internal sealed partial class Fields
{
    /// <summary>An id: letters, digits, dots, underscores and dashes.</summary>
    public string Id(string name = "id")
    {
        var id = Text(name);
        if (id.Length > 0 && !IdPattern().IsMatch(id))
        {
            Problem(name, "bad-id", id);
        }

        return id;
    }

    public string Choice(string name, params string[] choices)
    {
        var text = Text(name);
        if (text.Length > 0 && !choices.Contains(text, StringComparer.Ordinal))
        {
            Problem(name, "bad-choice", name, text, string.Join(", ", choices));
        }

        return text;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        return Choice(name, "true", "false") == "true";
    }

    public double Number(string name)
    {
        var text = Text(name);
        if (
            double.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            ) && double.IsFinite(number)
        )
        {
            return number;
        }

        if (text.Length > 0)
        {
            Problem(name, "bad-number", name, text);
        }

        return 0;
    }

    public TimeSpan Duration(string name)
    {
        var text = Text(name);
        if (Durations.TryParse(text, out var duration))
        {
            return duration;
        }

        if (text.Length > 0)
        {
            Problem(name, "bad-duration", name, text);
        }

        return TimeSpan.Zero;
    }

    /// <summary>A duration of more than nothing.</summary>
    public TimeSpan SomeTime(string name)
    {
        var duration = Duration(name);
        if (duration == TimeSpan.Zero && Durations.TryParse((Peek(name) as YamlText)?.Value, out _))
        {
            Problem(name, "duration-zero", name);
        }

        return duration;
    }

    public Threshold? OptionalThreshold(string name, Unit? unit)
    {
        if (OptionalText(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Hooks.Threshold.TryParse(text, out var threshold))
        {
            Problem(name, "bad-threshold", name, text);
            return null;
        }

        if (unit is { } wanted && threshold.Unit != wanted)
        {
            Problem(name, "unit-mismatch", name, text, wanted.ToString());
            return null;
        }

        return threshold;
    }

    public Threshold? Threshold(string name, Unit? unit)
    {
        if (!Has(name))
        {
            Missing(name, "");
        }

        return OptionalThreshold(name, unit);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex IdPattern();
}
