namespace Glancy.Sandbox.Control;

/// <summary>
/// <c>dr/bin/start.sh --plan DR-01|DR-05 --env prod</c> (§6.2). A region switch changes nothing that the model knows.
/// </summary>
internal sealed class DrillTool(ToolDesk desk)
{
    public Task<ToolReply> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Parse(call.Argv, ["--plan", "--env"]);
        var problem =
            arguments.ProductionProblem()
            ?? (arguments["--plan"] is "DR-01" or "DR-05" ? null : "--plan is DR-01 or DR-05");
        return problem is null
            ? desk.EffectAsync(
                "dr.start",
                call,
                _ => [new Change("dr.start", arguments["--plan"] ?? "", null, null)],
                _ => $"{arguments["--plan"]} started",
                cancellationToken
            )
            : Task.FromResult(
                ToolReply.Usage($"start.sh: {problem}\nusage: dr/bin/start.sh --plan DR-01|DR-05 --env prod")
            );
    }
}
