using System.Globalization;
using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Control;

/// <summary>
/// The hand of a person who scales, restarts and starts things where the sandbox has no cluster yet (§5.2, §5.3.1,
/// §6.1).
/// </summary>
internal sealed class HandTool(ToolDesk desk)
{
    private const string Usage =
        "usage: act scale <deployment> <replicas> | restart <deployment> | poller on|off | circuit open | backup "
        + "<kind>";
    private const int PollersWhenOn = 2;

    public Task<ToolReply> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        return call.Argv switch
        {
            ["scale", var deploy, var count]
                when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) =>
                ScaleAsync(call, deploy, replicas, cancellationToken),
            ["poller", "on"] => ScaleAsync(call, Workloads.Poller, PollersWhenOn, cancellationToken),
            ["poller", "off"] => ScaleAsync(call, Workloads.Poller, 0, cancellationToken),
            ["restart", var deploy] => ActAsync(
                call,
                "restart",
                deploy,
                (m, _) => m.Restart(deploy),
                $"{deploy} restarted",
                cancellationToken
            ),
            ["circuit", "open"] => ActAsync(
                call,
                "circuit",
                "doubao",
                (m, now) => m.Doubao.Open(now),
                "doubao: open",
                cancellationToken
            ),
            ["backup", var kind] => ActAsync(
                call,
                "backup",
                kind,
                (m, _) => m.Backups.Ask(kind),
                $"{kind} begun",
                cancellationToken
            ),
            _ => Task.FromResult(ToolReply.Usage($"act: unknown command\n{Usage}")),
        };
    }

    private Task<ToolReply> ScaleAsync(
        ToolCall call,
        string deploy,
        int replicas,
        CancellationToken cancellationToken
    ) =>
        TryAsync(() =>
            desk.EffectAsync(
                "act.scale",
                call,
                now =>
                {
                    var before = desk.Look(m => m.Scale(deploy, replicas, now, $"act {call.Text}"));
                    return [new Change("deploy.scale", deploy, $"{before}", $"{replicas}")];
                },
                m => $"{deploy}: {m.Workloads[deploy]} replicas",
                cancellationToken
            )
        );

    private Task<ToolReply> ActAsync(
        ToolCall call,
        string verb,
        string target,
        Action<ProductionModel, DateTimeOffset> act,
        string answer,
        CancellationToken cancellationToken
    ) =>
        TryAsync(() =>
            desk.EffectAsync(
                $"act.{verb}",
                call,
                now =>
                {
                    desk.Look(m =>
                    {
                        act(m, now);
                        return true;
                    });
                    return [new Change($"act.{verb}", target, null, now.ToString("O", CultureInfo.InvariantCulture))];
                },
                _ => answer,
                cancellationToken
            )
        );

    private static async Task<ToolReply> TryAsync(Func<Task<ToolReply>> act)
    {
        try
        {
            return await act();
        }
        catch (ArgumentException refused)
        {
            return ToolReply.Usage($"act: {refused.Message}\n{Usage}");
        }
    }
}
