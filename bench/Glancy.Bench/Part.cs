using Glancy.Sandbox.Worlds;

namespace Glancy.Bench;

/// <summary>Rows that are measured together.</summary>
/// <param name="Rows">What they are called.</param>
internal sealed record Part(string Name, string[] Rows, Func<World, Task<IReadOnlyList<Line>>> MeasureAsync);

/// <summary>A world, and what is measured in it, in this order.</summary>
/// <param name="World">How it begins, in a folder; a replica of the bot in it.</param>
internal sealed record Scene(Func<string, WorldOptions> World, params Part[] Parts);
