using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Releases;

/// <summary>
/// <c>ladder.yaml</c>: the rungs of §4.1, and the green conditions of §4.3 that every production rung shares.
/// </summary>
internal static class LadderFile
{
    private const string File = "ladder.yaml";

    public static Ladder Read(
        RunbookReading reading,
        IReadOnlyList<Hook> hooks,
        IReadOnlyDictionary<string, Flag> flags
    )
    {
        var rungs = new List<Rung>();
        if (reading.Open(File) is not { } file)
        {
            return new Ladder(rungs, default);
        }

        var green = GateFields.Read(reading, file, "green", hooks);
        foreach (var fields in file.Maps("rungs"))
        {
            var batch = fields.Id("batch");
            var weight = fields.Number("weight");
            if (rungs.Count > 0 && weight <= rungs[^1].Weight || weight is <= 0 or > 100)
            {
                fields.Problem("weight", "weight-not-rising", batch);
            }

            var production = fields.Flag("production", otherwise: true);
            var way =
                fields.Choice("rollback", "full", "one-rung") == "one-rung" ? RollbackWay.OneRung : RollbackWay.Full;
            var gates = GateFields.Read(reading, fields, "gates", hooks);
            var shared = production ? green : [];
            foreach (var gate in gates.Where(g => shared.Any(s => s.Id == g.Id && Looser(g, s))))
            {
                fields.Problem("gates", "gate-looser-than-green", gate.Id);
            }

            var rung = new Rung
            {
                Batch = batch,
                Weight = weight,
                Production = production,
                Audience = fields.Words("audience"),
                Observation = fields.Duration("observation"),
                Rollback = way,
                BackTo = BackTo(fields, way, rungs),
                Section = fields.Section(),
                Gates = Gates(gates, shared),
                Pauses = Pauses(reading, fields, flags),
                RestoreWithin = fields.Has("restore_within") ? fields.SomeTime("restore_within") : null,
            };
            reading.Declare(References.Batch, batch, File, fields.LineOf("batch"));
            fields.Done();
            rungs.Add(rung);
        }

        var thawAfter = file.SomeTime("thaw_after");
        file.Done();
        return new Ladder(rungs, thawAfter);
    }

    /// <summary>A rung's own gate replaces the shared one of the same id.</summary>
    private static IReadOnlyList<Gate> Gates(IReadOnlyList<Gate> own, IReadOnlyList<Gate> green) =>
        [.. own, .. green.Where(g => own.All(o => o.Id != g.Id))];

    /// <summary>Where limits differ, the stricter wins: a rung may tighten a shared gate, never loosen it.</summary>
    private static bool Looser(Gate own, Gate shared) =>
        own.Hook != shared.Hook
        || own.MeasureId != shared.MeasureId
        || (
            own.Limit is { } limit
            && shared.Limit is { } other
            && (limit.Upward ? limit.Limit < other.Limit : limit.Limit > other.Limit)
        );

    private static string? BackTo(Fields fields, RollbackWay way, List<Rung> lower)
    {
        var back = way == RollbackWay.OneRung ? fields.Text("back_to") : fields.OptionalText("back_to");
        if (way == RollbackWay.Full && back is not null)
        {
            fields.Problem("back_to", "not-for-this-kind", "back_to", "full");
        }
        else if (back is { Length: > 0 } && lower.All(r => r.Batch != back))
        {
            fields.Problem("back_to", "unknown-batch", back);
        }

        return back;
    }

    private static FlagSetting? Pauses(RunbookReading reading, Fields rung, IReadOnlyDictionary<string, Flag> flags)
    {
        if (rung.OptionalMap("pauses") is not { } fields)
        {
            return null;
        }

        var setting = new FlagSetting(fields.Reference("flag", References.Flag), fields.Text("value"));
        FlagsFile.Check(reading, flags, setting.Flag, setting.Value, File, fields.LineOf("value"));
        fields.Done();
        return setting;
    }
}
