using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Releases;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Releases;

/// <summary>The release train as data.</summary>
/// <param name="Unknown">Why the status is unknown; null when it is known.</param>
internal sealed record ReleaseData(
    ReleaseStatus? Status,
    RefusalData? Unknown,
    string? CurrentBatch,
    string? NextBatch,
    IReadOnlyList<GateData> Gates,
    Freeze? Freeze,
    IReadOnlyList<BatchRecord>? History
)
{
    public static ReleaseData Of(ReleaseView view, Names names)
    {
        return new ReleaseData(
            view.Status,
            view.Unknown is { } unknown ? RefusalView.Data(unknown, names.Words) : null,
            view.Current?.Batch,
            view.Next?.Batch,
            [
                .. view.Gates.Select(g => new GateData(
                    g.Gate.Id,
                    g.Gate.Name.In(names.Words.Culture),
                    g.State,
                    g.Value,
                    g.Limit?.ToString(),
                    g.Segment,
                    g.Light,
                    g.Unknown
                )),
            ],
            view.Freeze,
            view.History
        );
    }
}

/// <summary>A gate as data.</summary>
internal sealed record GateData(
    string Id,
    string Name,
    GateState State,
    double? Value,
    string? Limit,
    string Segment,
    Light? Light,
    UnknownReason? Unknown
);
