using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bot.Tests.Crash;

/// <summary>A procedure as the harness plays it; nothing else in the harness knows which one it is.</summary>
/// <param name="Draft">The words that draft it.</param>
/// <param name="Drafter">Who says them; a person on the roster at every hour.</param>
/// <param name="Confirmer">The second person, who holds the role at every hour.</param>
/// <param name="PrepareAsync">Brings a world in which it has run before to where it can be drafted again.</param>
public sealed record ProcedureCase(
    string Id, IReadOnlyList<string> Draft, string Drafter, string Confirmer, Func<World, CancellationToken, Task> PrepareAsync)
{
    /// <summary>The full rollback of §4.4, with both lights red until it has taken effect.</summary>
    public static ProcedureCase Rollback { get; } = new(
        "rollback",
        ["rollback", "REL-B3", "--reason", "lookup errors rise"],
        "gao",
        "mei",
        (world, cancellationToken) => world.ResetToPromotedAsync("REL-B3", Faults.BadRelease, cancellationToken));
}
