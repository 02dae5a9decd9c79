using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Control;

/// <summary>
/// The stages of <c>ops/bin/rollback_stage.sh --batch</c> (§2.3, §4.4): the script asks for one after the other, and
/// each sets production's state, so that a script that dies half-way leaves half of it done.
/// </summary>
internal sealed partial class RollbackScript(ToolDesk desk)
{
    private readonly ConcurrentDictionary<string, (int Ticket, ToolCall Call, string Batch)> running = new();

    /// <summary>
    /// Checks the arguments and notes the call; the answer's only line is the name for <see cref="StageAsync"/>.
    /// </summary>
    public ToolReply Begin(ToolCall call)
    {
        var arguments = Arguments.Parse(call.Argv, ["--batch"]);
        if (
            arguments.Problem is not null
            || arguments.Words.Count > 0
            || arguments["--batch"] is not { } batch
            || !BatchName().IsMatch(batch)
        )
        {
            return ToolReply.Usage(
                $"rollback_stage.sh: {arguments.Problem ?? "--batch is one of REL-B1 to REL-B5"}\nusage: "
                    + "rollback_stage.sh --batch REL-B[1-5]"
            );
        }

        var ticket = desk.Journal.Begin("rollback_stage", call.Text, call.Key, desk.Now);
        var name = ticket.ToString(CultureInfo.InvariantCulture);
        running[name] = (ticket, call, batch);
        return ToolReply.Ok(name);
    }

    /// <summary>Carries out a stage and answers with the line to print.</summary>
    public async Task<ToolReply> StageAsync(string name, string stage, CancellationToken cancellationToken)
    {
        if (!running.TryGetValue(name, out var script))
        {
            return ToolReply.Failed("this rollback was never begun");
        }

        var (ticket, call, batch) = script;
        switch (stage)
        {
            case "ready":
                return Ready(ticket, batch);
            case "traffic":
                return await SetAsync(
                    now => [desk.MoveTrain("release.rollback", desk.Look(m => m.Train).RolledBack(batch, now))],
                    m => $"traffic: {m.Train.NewColour} 0%, {m.Train.OldColour} 100%"
                );
            case "kill-switch":
                return await SetAsync(
                    _ => [desk.SetFlag(Flags.ForceBasic, "true")],
                    m => $"kill switch: {Flags.ForceBasic}={m.Flags[Flags.ForceBasic]}"
                );
            case "drill":
                return await SetAsync(
                    _ => [new Change("dr.start", "DR-05", null, null)],
                    _ => "DR-05: basic answer and template example confirmed"
                );
            case "end":
                desk.Journal.Update(ticket, false, "done");
                running.TryRemove(name, out _);
                return ToolReply.Ok(Line($"rollback of {batch} done"));
            default:
                return ToolReply.Failed($"unknown stage {stage}");
        }

        async Task<ToolReply> SetAsync(
            Func<DateTimeOffset, IEnumerable<Change>> change,
            Func<ProductionModel, string> tell
        )
        {
            desk.Journal.Update(
                ticket,
                await desk.ChangeAsync("rollback_stage", call, change, cancellationToken),
                "running"
            );
            return ToolReply.Ok(Line(desk.Look(tell)));
        }
    }

    // The behaviour faults: exit code 75 tells the script to ask again later.
    private ToolReply Ready(int ticket, string batch)
    {
        const int AskAgain = 75;
        if (desk.Look(m => m.Faults[Faults.ScriptHangs]) > 0)
        {
            return new ToolReply(AskAgain, "");
        }

        if (desk.Look(m => m.Faults[Faults.ScriptFails]) > 0)
        {
            desk.Journal.Update(ticket, false, "failed");
            return ToolReply.Failed(Line("error: gateway refused the new routing table; traffic is unchanged"));
        }

        var (colour, weight) = desk.Look(m => (m.Train.NewColour, m.Train.Weight));
        return ToolReply.Ok(
            Line(string.Create(CultureInfo.InvariantCulture, $"rollback of {batch}: {colour} carries {weight}%"))
        );
    }

    private string Line(string text) =>
        $"{desk.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)} {text}";

    [GeneratedRegex("^REL-B[1-5]$")]
    private static partial Regex BatchName();
}
