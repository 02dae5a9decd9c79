using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Hooks;

/// <summary>How a value is compared with a limit.</summary>
public enum Comparison
{
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// <summary>
/// What a measured number means, and so how it is written. The number itself is always in the base unit.
/// </summary>
public enum Unit
{
    /// <summary>A ratio 0..1, written as per cent.</summary>
    Percent,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>A multiple of the budget, written 0.78×.</summary>
    Factor,

    /// <summary>A plain count.</summary>
    Count,
}

/// <summary>
/// One limit, written in the runbook's data as in its text: <c>&lt; 99.9 %</c>, <c>&gt;= 1.2 x</c>, <c>&gt; 2.5 s</c>.
/// </summary>
/// <param name="Limit">In the base unit: 0.999 for 99.9 %.</param>
public sealed partial record Threshold(Comparison Comparison, double Limit, Unit Unit)
{
    /// <summary>Whether the value lies on the side this limit names.</summary>
    public bool Holds(double value) =>
        Comparison switch
        {
            Comparison.Below => value < Limit,
            Comparison.AtMost => value <= Limit,
            Comparison.Above => value > Limit,
            _ => value >= Limit,
        };

    /// <summary>The limit that holds exactly where this one does not.</summary>
    public Threshold Negated =>
        this with
        {
            Comparison = Comparison switch
            {
                Comparison.Below => Comparison.AtLeast,
                Comparison.AtMost => Comparison.Above,
                Comparison.Above => Comparison.AtMost,
                _ => Comparison.Below,
            },
        };

    /// <summary>True for limits that are crossed by growing.</summary>
    public bool Upward => Comparison is Comparison.Above or Comparison.AtLeast;

    public override string ToString() => Symbol + " " + Format(Limit, Unit);

    /// <summary>A number in its unit, culture-neutral: <c>99.95 %</c>, <c>2.31 s</c>, <c>0.78×</c>.</summary>
    public static string Format(double value, Unit unit) =>
        unit switch
        {
            Unit.Percent => (value * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %",
            Unit.Seconds => value.ToString("0.##", CultureInfo.InvariantCulture) + " s",
            Unit.Factor => value.ToString("0.##", CultureInfo.InvariantCulture) + "×",
            _ => value.ToString("0.##", CultureInfo.InvariantCulture),
        };

    /// <summary>Reads <c>&lt; 99.9 %</c>, <c>≥ 1.2×</c>, <c>&gt; 300 ms</c> or <c>&lt;= 500</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Threshold? threshold)
    {
        threshold = null;
        var match = Pattern().Match(text);
        if (
            !match.Success
            || !decimal.TryParse(
                match.Groups[2].ValueSpan,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return false;
        }

        var comparison = match.Groups[1].Value switch
        {
            "<" => Comparison.Below,
            "<=" or "≤" => Comparison.AtMost,
            ">" => Comparison.Above,
            _ => Comparison.AtLeast,
        };

        // Divided as decimals: 99.9 % is then exactly the double that 0.999 is, and a value at the limit compares as
        // written.
        threshold = match.Groups[3].Value switch
        {
            "%" => new Threshold(comparison, (double)(number / 100m), Unit.Percent),
            "s" => new Threshold(comparison, (double)number, Unit.Seconds),
            "ms" => new Threshold(comparison, (double)(number / 1000m), Unit.Seconds),
            "x" or "×" => new Threshold(comparison, (double)number, Unit.Factor),
            _ => new Threshold(comparison, (double)number, Unit.Count),
        };
        return true;
    }

    [GeneratedRegex(@"^\s*(<=|>=|<|>|≤|≥)\s*([0-9]{1,12}(?:\.[0-9]{1,9})?)\s*(%|s|ms|x|×)?\s*$")]
    private static partial Regex Pattern();

    private string Symbol =>
        Comparison switch
        {
            Comparison.Below => "<",
            Comparison.AtMost => "<=",
            Comparison.Above => ">",
            _ => ">=",
        };
}
