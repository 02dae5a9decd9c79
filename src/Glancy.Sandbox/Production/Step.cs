namespace Glancy.Sandbox.Production;

/// <summary>One step of the world: everything a part of the model needs to move on.</summary>
/// <param name="At">The instant at its end, for which samples are written.</param>
/// <param name="Seconds">Its length; 15 unless the far past is filled in.</param>
public sealed record Step(DateTimeOffset At, double Seconds, Noise Noise, Faults Faults, Flags Flags, ReleaseTrain Train)
{
    /// <summary>§1.1: the day has its shape in Shanghai, lowest at three in the morning.</summary>
    public double DayShape => 1 + (0.12 * Math.Sin((At.ToOffset(TimeSpan.FromHours(8)).TimeOfDay.TotalHours - 9) * Math.PI / 12));
}
