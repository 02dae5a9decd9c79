using Glancy.Ops.Procedures;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What there is to tell beside a run that has ended.</summary>
/// <param name="Successor">The run that stands in its place; null for none.</param>
/// <param name="Left">Red lights that it was to cure and that are nobody's now.</param>
public sealed record RunBeside(Run? Successor, IReadOnlyList<RedLight> Left)
{
    /// <summary>What it changed for a time and nobody has taken back yet: L-1.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];

    public static RunBeside Nothing { get; } = new(null, []);
}
