using System.Text.Json.Serialization;

namespace Glancy.Bench;

/// <summary>A row of the table: what was seen, beside what.</summary>
/// <param name="Must">What it has to reach, in the unit of <paramref name="Value"/>.</param>
/// <param name="Aim">What would be well.</param>
/// <param name="Atmost">Whether smaller is better.</param>
/// <param name="Beside">The figures it is made of: ours, and its neighbour's.</param>
internal sealed record Line(string What, double Value, string Unit, double Must, double Aim, bool Atmost, string Beside)
{
    [JsonIgnore]
    public bool Good => Reaches(Must);

    [JsonIgnore]
    public bool Well => Reaches(Aim);

    public static Line AtMost(string what, double value, string unit, (double Must, double Aim) of, string beside) =>
        new(what, value, unit, of.Must, of.Aim, true, beside);

    public static Line AtLeast(string what, double value, string unit, (double Must, double Aim) of, string beside) =>
        new(what, value, unit, of.Must, of.Aim, false, beside);

    private bool Reaches(double bound) => Atmost ? Value <= bound : Value >= bound;
}

/// <summary>What a run of the bench saw, as it is kept.</summary>
internal sealed record Results(DateTimeOffset At, int Processors, IReadOnlyList<Line> Lines);
