using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>
/// <c>glancy runbook status</c>: which version is in force, what each replica has on its disk, and whether they agree
/// (D).
/// </summary>
internal sealed class RunbookStatusCommand(VersionDesk desk, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("runbook status", Topic.Records, Effect.Read, "8", PermissionNames.RunbookSee)
        {
            Aliases = ["手册 状态"],
            Examples = ["runbook status"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var status = await desk.StatusAsync(cancellationToken);
        return new Answer(
            RunbookStatusView.Page(status, new Names(invocation.Words, runbook.Current)),
            RunbookStatusData.Of(status, invocation.Words)
        );
    }
}

/// <summary>Versions as data.</summary>
internal sealed record RunbookStatusData(
    string? Active,
    DateTimeOffset? Since,
    bool Split,
    bool Broken,
    IReadOnlyList<ReplicaVersionData> Replicas,
    string SourceSha256,
    IReadOnlyList<string> OtherSources
)
{
    public static RunbookStatusData Of(VersionStatus status, Phrasebook words)
    {
        return new RunbookStatusData(
            status.Active?.Version,
            status.Active?.Since,
            status.Split,
            status.Broken,
            [
                .. status.Replicas.Select(r => new ReplicaVersionData(
                    r.Report.Replica,
                    r.Report.Version,
                    r.SeenAgo.TotalSeconds,
                    [.. r.Report.Problems.Select(p => RunbookLint.Data(p, words))]
                )),
            ],
            status.Source.Sha256,
            status.OtherSources
        );
    }
}

/// <summary>One replica's files as data.</summary>
/// <param name="Version">Null when they cannot come into force.</param>
internal sealed record ReplicaVersionData(
    string Replica,
    string? Version,
    double SeenSecondsAgo,
    IReadOnlyList<ProblemData> Problems
);
