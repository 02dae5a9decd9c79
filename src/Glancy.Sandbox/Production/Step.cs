namespace Glancy.Sandbox.Production;

/// <summary>One step of the world: everything a part of the model needs to move on.</summary>
/// <param name="At">The instant at its end, for which samples are written.</param>
/// <param name="Seconds">Its length; 15 unless the far past is filled in.</param>
public sealed record Step(
    DateTimeOffset At,
    double Seconds,
    Noise Noise,
    Faults Faults,
    Flags Flags,
    ReleaseTrain Train,
    Workloads Workloads
)
{
    /// <summary>Whether single jobs, events and users are followed; in the far past only the requests are.</summary>
    public bool IsFine => Seconds <= 15;

    /// <summary>The world's date and hours are Shanghai's (§1.1).</summary>
    public DateTimeOffset Local => At.ToOffset(TimeSpan.FromHours(8));

    /// <summary>§1.1: the day has its shape in Shanghai, lowest at three in the morning.</summary>
    public double DayShape => 1 + (0.12 * Math.Sin((Local.TimeOfDay.TotalHours - 9) * Math.PI / 12));

    /// <summary>
    /// How ill the new colour is: a bad release always, one that cannot carry its load only above a tenth of the
    /// traffic.
    /// </summary>
    public double IllnessOf(string colour)
    {
        const double CarriesWell = 10;
        return colour != Train.NewColour
            ? 0
            : Faults[Faults.BadRelease] + (Train.Weight > CarriesWell ? Faults[Faults.Overload] : 0);
    }
}
