using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>
/// <c>glancy alert list [--all]</c>: the alert groups that fire, or all, newest first; those of a storm among them
/// (C4).
/// </summary>
internal sealed class AlertListCommand(AlertStore alerts, RunbookHolder runbook) : ICommand
{
    private const int Usually = 30;
    private const int Most = 500;

    public static CommandSpec Spec { get; } =
        new("alert list", Topic.See, Effect.Read, "5.2", PermissionNames.AlertSee)
        {
            Options = [new("all", Chinese: "全部"), new("limit", ValueKind.Number, Chinese: "条数")],
            Aliases = ["告警 列表", "alerts"],
            Questions = ["有什么告警", "有告警吗", "any alerts"],
            Examples = ["alert list", "alert list --all --limit 100"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var all = invocation.Values.Has("all");
        var limit = Math.Min(invocation.Values.Number("limit") ?? Usually, Most);
        var found = await alerts.ListAsync(firingOnly: !all, limit + 1, cancellationToken);
        var shown = found.Take(limit).ToList();
        return new Answer(
            AlertListView.Page(shown, found.Count > limit, all, new Names(invocation.Words, runbook.Current)),
            new AlertsData(shown, found.Count > limit)
        );
    }
}

/// <summary>Alert groups as data.</summary>
/// <param name="More">There are more than were asked for.</param>
internal sealed record AlertsData(IReadOnlyList<AlertGroup> Alerts, bool More);
