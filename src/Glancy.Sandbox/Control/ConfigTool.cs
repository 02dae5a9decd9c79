namespace Glancy.Sandbox.Control;

/// <summary><c>configctl feature set|list</c> and <c>snapshot create|list --env prod</c> (§2.3, §7.3).</summary>
internal sealed class ConfigTool(ToolDesk desk)
{
    private const string Usage =
        "usage: configctl feature set <flag> <value> --env prod\n       configctl feature list [glob] --env prod\n   "
        + "    configctl snapshot create|list --env prod";
    private const int RecentSnapshots = 10;

    public Task<ToolReply> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Parse(call.Argv, ["--env"], "--recent");
        var problem = arguments.ProductionProblem();
        return (problem, arguments.Words) switch
        {
            ({ } wrong, _) => Refuse(wrong),
            (_, ["feature", "set", var flag, var value]) => SetAsync(call, flag, value, cancellationToken),
            (_, ["feature", "list"]) => Task.FromResult(List("*")),
            (_, ["feature", "list", var glob]) => Task.FromResult(List(glob)),
            (_, ["snapshot", "create"]) => SnapshotAsync(call, cancellationToken),
            (_, ["snapshot", "list"]) => Task.FromResult(
                ToolReply.Ok(desk.Look(m => string.Join('\n', m.Flags.Snapshots.TakeLast(RecentSnapshots))))
            ),
            _ => Refuse("unknown command"),
        };
    }

    private Task<ToolReply> SetAsync(ToolCall call, string flag, string value, CancellationToken cancellationToken) =>
        desk.Look(m => m.Flags.Objection(flag, value)) is { } objection
            ? Refuse(objection)
            : desk.EffectAsync(
                "configctl.feature.set",
                call,
                _ => [desk.SetFlag(flag, value)],
                m => $"{flag}={m.Flags[flag]}",
                cancellationToken
            );

    private Task<ToolReply> SnapshotAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var name = "";
        return desk.EffectAsync(
            "configctl.snapshot.create",
            call,
            now =>
            {
                name = desk.Look(m => m.Flags.TakeSnapshot(now));
                return [new Change("config.snapshot", name, null, name)];
            },
            _ => $"snapshot={name}",
            cancellationToken
        );
    }

    private ToolReply List(string glob) =>
        ToolReply.Ok(desk.Look(m => string.Join('\n', m.Flags.Matching(glob).Select(f => $"{f.Key}={f.Value}"))));

    private static Task<ToolReply> Refuse(string problem) =>
        Task.FromResult(ToolReply.Usage($"configctl: {problem}\n{Usage}"));
}
