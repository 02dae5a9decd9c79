using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Leases;

/// <summary>
/// <c>glancy lease list</c>: our temporary changes, and on which terms each may be taken back now (rule 7, §7.2.5).
/// </summary>
internal sealed class LeaseListCommand(
    LeaseStore leases,
    LeaseUndo undo,
    FreezeStore freezes,
    ThawPolicy thawPolicy,
    RunbookHolder runbook
) : ICommand
{
    private const int Rows = 50;

    public static CommandSpec Spec { get; } =
        new("lease list", Topic.See, Effect.Read, "7.2", PermissionNames.LeaseSee)
        {
            Options = [new("all", Chinese: "全部")],
            Aliases = ["临时变更 列表", "临时变更", "leases"],
            Questions = ["我们改了什么", "什么还没撤回", "what did we change", "what have we changed"],
            Examples = ["lease list"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var all = invocation.Values.Has("all");
        var shown = all ? await leases.AllAsync(Rows, cancellationToken) : await leases.OpenAsync(cancellationToken);
        var standing = shown.Where(l => l.EndedAt is null).ToList();
        var decision = new Decision();
        var terms = standing
            .Zip(await undo.TermsAsync(standing, decision, cancellationToken))
            .ToDictionary(pair => pair.First.Id, pair => pair.Second);
        var names = new Names(invocation.Words, runbook.Current);
        var thaw =
            standing.Any(l => !l.IsSwitch) && await freezes.GetAsync(cancellationToken) is { } freeze
                ? await thawPolicy.TermsAsync(freeze, decision, cancellationToken)
                : null;
        return new Answer(
            LeaseListView.Page(shown, terms, all, thaw, names),
            new LeasesData([.. shown.Select(l => LeaseData.Of(l, terms.GetValueOrDefault(l.Id)))])
        );
    }
}

/// <summary>Leases as data.</summary>
internal sealed record LeasesData(IReadOnlyList<LeaseData> Leases);

/// <summary>A lease as data.</summary>
internal sealed record LeaseData
{
    public required string Lease { get; init; }

    public required string Target { get; init; }

    public required string Prior { get; init; }

    public required string Value { get; init; }

    public required string Owner { get; init; }

    public required string Reason { get; init; }

    public required string? Run { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null when it has ended.</summary>
    public required UndoGround? Undo { get; init; }

    public required int? Persons { get; init; }

    public required DateTimeOffset? FreeUntil { get; init; }

    public required IReadOnlyList<string> Recovers { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required LeaseEnd? End { get; init; }

    public required string? EndedBy { get; init; }

    public static LeaseData Of(Lease lease, UndoTerms? terms)
    {
        return new LeaseData
        {
            Lease = lease.Name,
            Target = lease.Target,
            Prior = lease.Prior,
            Value = lease.Value,
            Owner = lease.Owner,
            Reason = lease.Reason,
            Run = lease.RunId is { } run ? RunName.Of(run) : null,
            Since = lease.Since,
            Undo = terms?.Ground,
            Persons = !lease.IsSwitch && terms is not null ? 2 : terms?.Persons,
            FreeUntil = terms?.FreeUntil,
            Recovers = lease.Recovers,
            EndedAt = lease.EndedAt,
            End = lease.End,
            EndedBy = lease.EndedBy,
        };
    }
}
