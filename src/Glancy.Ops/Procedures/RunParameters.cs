using System.Globalization;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>What braces in a step's arguments stand for while a run is under way.</summary>
internal sealed class RunParameters(LeftOut left)
{
    /// <summary>The run's arguments and the engine's own names (<see cref="Placeholders.BuiltIn"/>).</summary>
    public IReadOnlyDictionary<string, string> Of(Run run, RunStep? step = null)
    {
        var values = run.Arguments.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        values["run"] = run.Name;
        values["drafted_at"] = Write(run.CreatedAt);
        values["confirmed_at"] = Write(run.ConfirmedAt ?? run.CreatedAt);
        values["at"] = Write(step?.StartedAt ?? run.CreatedAt);
        values["person"] = run.Owner;
        values["ending"] = left.Ending(run);
        values["left_out"] = string.Join(", ", left.Effects(run).Concat(left.Proofs(run)));
        values["hooks"] =
            run.Steps.Where(s => step is null || s.Ordinal < step.Ordinal)
                .Select(s => s.Evidence.GetValueOrDefault("hooks"))
                .LastOrDefault(hooks => hooks is not null)
            ?? "{}";
        return values;
    }

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
