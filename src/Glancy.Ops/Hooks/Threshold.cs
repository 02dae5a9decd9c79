using System.Globalization;

namespace Glancy.Ops.Hooks;

/// <summary>How a value is compared with a limit.</summary>
public enum Comparison
{
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// <summary>What a measured number means, and so how it is written. The number itself is always in the base unit.</summary>
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
public sealed record Threshold(Comparison Comparison, double Limit, Unit Unit)
{
    /// <summary>Whether the value lies on the side this limit names.</summary>
    public bool Holds(double value) => Comparison switch
    {
        Comparison.Below => value < Limit,
        Comparison.AtMost => value <= Limit,
        Comparison.Above => value > Limit,
        _ => value >= Limit,
    };

    /// <summary>True for limits that are crossed by growing.</summary>
    public bool Upward => Comparison is Comparison.Above or Comparison.AtLeast;

    public override string ToString() => Symbol + " " + Format(Limit, Unit);

    /// <summary>A number in its unit, culture-neutral: <c>99.95 %</c>, <c>2.31 s</c>, <c>0.78×</c>.</summary>
    public static string Format(double value, Unit unit) => unit switch
    {
        Unit.Percent => (value * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %",
        Unit.Seconds => value.ToString("0.##", CultureInfo.InvariantCulture) + " s",
        Unit.Factor => value.ToString("0.##", CultureInfo.InvariantCulture) + "×",
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private string Symbol => Comparison switch
    {
        Comparison.Below => "<",
        Comparison.AtMost => "<=",
        Comparison.Above => ">",
        _ => ">=",
    };
}
