using System.Globalization;

namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// A part of a sweep that a build can afford: every n-th transition, from an offset that the seed gives.
/// </summary>
/// <param name="Seed">From <c>GLANCY_SWEEP_SEED</c>, otherwise 1.</param>
public sealed record SweepSample(int Seed, int Every)
{
    public static SweepSample Given(int every) =>
        new(
            int.TryParse(
                Environment.GetEnvironmentVariable("GLANCY_SWEEP_SEED"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var seed
            )
                ? seed
                : 1,
            every
        );

    /// <summary>
    /// Those that are tried; another share with each shift, so that two topologies try different ones.
    /// </summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> transitions, int shift) =>
        [.. transitions.Where((_, index) => index % Every == (Seed + shift) % Every)];

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"seed {Seed}: every {Every}th transition; GLANCY_SWEEP_SEED chooses others"
        );
}
