using System.Globalization;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Output;

/// <summary>
/// Brings what the commands of runs print to the notice board while they run: one notice for each attempt of a step,
/// revised as it grows. It only looks; the run itself knows nothing of it and waits for nothing here.
/// </summary>
public sealed class RunOutputs(BotDatabase database, NoticeBoard board, IBastion bastion, ActionKinds kinds)
{
    /// <summary>
    /// Kind and template of such a notice; its arguments are <c>run</c>, <c>step</c>, <c>attempt</c>, <c>output</c> and
    /// <c>last</c>, its last line.
    /// </summary>
    public const string Kind = "output";

    private const string Template = "step-output";

    /// <summary>Steps that print now, and those that have ended since with more to say than the board says.</summary>
    public async Task<IReadOnlyList<StepOutput>> DueAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            """
            select s.run_id, s.id, s.attempt, s.evidence ->> 'life' as life, case when s.state <> 'Started'
              then s.evidence ->> 'output' end as output, n.arguments ->> 'output' as said
              from glancy.run_step s
              join glancy.run r on r.id = s.run_id
              left join glancy.notice n on n.key = 'output:' || s.run_id || ':' || s.id || ':' || s.attempt
             where (r.finished_at is null or r.finished_at > (select max(at) - interval '1 hour' from glancy.notice))
               and r.confirmed_at is not null
               and r.definition -> 'steps' -> s.ordinal ->> 'kind' = any(@prints)
               and (s.state = 'Started' or (s.evidence ->> 'output' is not null
                 and n.arguments ->> 'output' is distinct from s.evidence ->> 'output'))
             order by s.run_id, s.ordinal
            """,
            new { prints = kinds.All.Where(k => k.Prints).Select(k => k.Kind).ToArray() },
            cancellationToken
        );
        return [.. rows.Select(r => new StepOutput(r.Run_Id, r.Id, r.Attempt, r.Life, r.Output, r.Said))];
    }

    /// <summary>Writes down what a step has printed by now, if it is more than before.</summary>
    public async Task BringAsync(StepOutput step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (
            (step.Whole ?? await PrintedAsync(step, cancellationToken)) is not { Length: > 0 } text
            || text == step.Said
        )
        {
            return;
        }

        var arguments = new Dictionary<string, string>
        {
            ["run"] = step.RunName,
            ["step"] = step.StepId,
            ["attempt"] = step.Attempt.ToString(CultureInfo.InvariantCulture),
            ["output"] = text,
            ["last"] = text.Split('\n')[^1].Trim(),
        };
        await database.InTransactionAsync(
            transaction =>
                board.PutAsync(transaction, new NoticeDraft(step.NoticeKey, Kind, Template, arguments, step.RunId)),
            cancellationToken
        );
    }

    private async Task<string?> PrintedAsync(StepOutput step, CancellationToken cancellationToken) =>
        await bastion.StatusAsync(step.EffectKey, cancellationToken) is BastionReply.Answered { Size: > 0 } answered
            ? await bastion.TailAsync(step.EffectKey, answered.Size, cancellationToken)
            : null;

    private sealed record Row
    {
        public long Run_Id { get; init; }

        public string Id { get; init; } = "";

        public int Attempt { get; init; }

        public string? Life { get; init; }

        public string? Output { get; init; }

        public string? Said { get; init; }
    }
}

/// <summary>An attempt of a step whose command prints.</summary>
/// <param name="Life">The life of the database that it was started in.</param>
/// <param name="Whole">What it has kept as evidence; null while it runs.</param>
/// <param name="Said">What the board says of it; null for nothing yet.</param>
public sealed record StepOutput(long RunId, string StepId, int Attempt, string? Life, string? Whole, string? Said)
{
    public string RunName => string.Create(CultureInfo.InvariantCulture, $"R-{RunId}");

    /// <summary>Its key at the bastion.</summary>
    public string EffectKey => Procedures.EffectKey.Of(RunName, StepId, Attempt, Life);

    public string NoticeKey => string.Create(CultureInfo.InvariantCulture, $"output:{RunId}:{StepId}:{Attempt}");
}
