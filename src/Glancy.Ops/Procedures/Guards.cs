using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Lives;
using Glancy.Ops.Releases;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// What forbids a procedure now, whoever wants it: the freeze, the hooks, the terms of a thaw (rules 6, 9). Asked at the draft,
/// at each confirmation, at the start, and before each effect of what adds risk, except what only closes a record.
/// </summary>
public sealed class Guards(FreezeStore freezes, HookSnapshots hooks, Thawing thawing, LifeStore lives)
{
    /// <summary>Null when nothing stands in the way.</summary>
    /// <param name="persons">Those who stand behind it so far.</param>
    public async Task<Refusal?> RefusalAsync(Procedure definition, IReadOnlyList<string> persons, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        // Rule 11: while nobody knows what the chain has lost, only what takes risk away is done.
        var thaws = definition.Steps.Any(step => step.Kind == "release.thaw");
        if ((!definition.Mitigation || definition.AddsRisk || thaws) && await lives.CurrentAsync(cancellationToken) is { Open: true } life)
        {
            return new Refusal("database-restored", "§8", life.Beyond.Count > 0 ? life.Beyond[^1].Split(':')[0] : "");
        }

        if (!definition.Mitigation && await freezes.GetAsync(cancellationToken) is { } freeze)
        {
            return new Refusal("frozen", "§4.4", definition.Id, freeze.By, freeze.Reason);
        }

        if (thaws)
        {
            var (standing, refusal) = await thawing.LookAsync(persons, cancellationToken);
            return standing is null ? new Refusal("not-frozen", "§4.4") : refusal;
        }

        if (!definition.AddsRisk)
        {
            return null;
        }

        var bad = (await hooks.TakeAsync(cancellationToken)).Hooks.Where(h => h.RiskForbidden).ToList();
        return bad.Count == 0 ? null : new Refusal("lights-forbid", "§4.4", string.Join(", ", bad.Select(h => $"{h.Hook.Id} {h.Light}")));
    }
}
