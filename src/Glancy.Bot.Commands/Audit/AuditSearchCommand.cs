using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Audit;

/// <summary><c>glancy audit search [text]</c>: the trail, newest first, a page at a time (C8, §8).</summary>
internal sealed class AuditSearchCommand(AuditLog log, RunbookHolder runbook) : ICommand
{
    private const int Usually = 20;
    private const int Most = 200;

    public static CommandSpec Spec { get; } =
        new("audit search", Topic.Records, Effect.Read, "8", PermissionNames.AuditSee)
        {
            Arguments = [new("text", ValueKind.Sentence, Required: false)],
            Options =
            [
                new("actor", ValueKind.Actor, Chinese: "谁"),
                new("action", ValueKind.Word, Chinese: "动作"),
                new("run", ValueKind.Run, Chinese: "运行"),
                new("from", ValueKind.Time, Chinese: "自"),
                new("to", ValueKind.Time, Chinese: "至"),
                new("limit", ValueKind.Number, Chinese: "条数"),
                new("before", ValueKind.Number, Chinese: "早于"),
            ],
            Aliases = ["审计 搜索", "审计", "audit"],
            Examples =
            [
                "audit search",
                "audit search force_basic --run R-17",
                "audit search --actor lin --from 2025-04-18",
            ],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var values = invocation.Values;
        if (values.Time("from") is { } from && values.Time("to") is { } to && from >= to)
        {
            return RefusalView.Answer(new Refusal("empty-period", "", values["from"], values["to"]), invocation.Words);
        }

        var query = new AuditQuery(
            values.Find("text"),
            values.Find("actor"),
            values.Find("action"),
            values.Find("run"),
            values.Time("from"),
            values.Time("to"),
            Math.Min(values.Number("limit") ?? Usually, Most),
            values.Number("before")
        );
        var found = await log.SearchAsync(query, cancellationToken);
        return new Answer(
            AuditView.Page(query, found, new Names(invocation.Words, runbook.Current)),
            new AuditData(found)
        );
    }
}

/// <summary>Audit events as data.</summary>
internal sealed record AuditData(IReadOnlyList<AuditEvent> Events);
