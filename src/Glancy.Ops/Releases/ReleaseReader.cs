using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Releases;

/// <summary>The train as one page (A3).</summary>
/// <param name="Status">Null when the release tool's word is unknown; then <paramref name="Unknown"/> says why.</param>
/// <param name="Current">The rung of the batch that rolls out.</param>
/// <param name="Next">The rung a promote would go to; null at the top or when unknown.</param>
/// <param name="Gates">The gates of <paramref name="Next"/>, read now.</param>
/// <param name="History">Newest first; null when the product's database could not be asked.</param>
public sealed record ReleaseView(
    ReleaseStatus? Status,
    Refusal? Unknown,
    Rung? Current,
    Rung? Next,
    IReadOnlyList<GateReading> Gates,
    Freeze? Freeze,
    IReadOnlyList<BatchRecord>? History
)
{
    /// <summary>When it was looked at.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How far the freeze is from being lifted; null without one.</summary>
    public ThawTerms? Thaw { get; init; }
}

/// <summary>Reads how the release train stands.</summary>
public sealed class ReleaseReader(
    ReleaseTool releases,
    GateReader gates,
    HookSnapshots hooks,
    FreezeStore freezes,
    ThawPolicy thawPolicy,
    ProductDatabase product,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    private const int HistoryRows = 10;

    /// <summary>How the train stands now, with the gates of the next rung one by one.</summary>
    public async Task<ReleaseView> ReadAsync(CancellationToken cancellationToken)
    {
        var (content, decision) = (runbook.Current, new Decision());
        var history = product.BatchesAsync(HistoryRows, cancellationToken);
        var asked = await releases.StatusAsync(cancellationToken);
        var status = asked.OrNull();

        // A batch that was rolled back carries no traffic: the climb begins anew at the first rung of production.
        var current = content.Ladder.Current(status?.Batch, status?.Weight ?? 0);
        var next =
            status is null ? null
            : current is null ? content.Ladder.Rungs.FirstOrDefault(r => r.Production)
            : content.Ladder.Next(current.Batch);
        var read = next is null ? [] : await ReadGatesAsync(content, next, status, decision, cancellationToken);
        var freeze = await freezes.GetAsync(cancellationToken);
        return new ReleaseView(status, asked.WhyNot(), current, next, read, freeze, await history)
        {
            At = clock.GetUtcNow(),
            Thaw = freeze is null ? null : await thawPolicy.TermsAsync(freeze, decision, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<GateReading>> ReadGatesAsync(
        RunbookContent content,
        Rung next,
        ReleaseStatus? status,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        var snapshot = await hooks.OfAsync(decision, cancellationToken);
        return await gates.ReadAsync(content, next, snapshot.Hooks, status, snapshot.At, cancellationToken);
    }
}
