using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Watching;

/// <summary>
/// What a draft by the bot explains: the light, its value, and what was changed in the hour before (rule 8).
/// </summary>
internal sealed class DraftContexts(ProductDatabase product, ChangesBefore changesBefore)
{
    public async Task<DraftContext> OfAsync(Episode episode, HookReading reading, CancellationToken cancellationToken)
    {
        var red = episode.FirstRedAt;
        var changes = await product.ChangesAsync(red - TimeSpan.FromHours(1), red, cancellationToken);
        return new DraftContext(
            episode.Hook,
            red,
            EpisodeFacts.Value(reading),
            EpisodeFacts.Limit(reading),
            changesBefore.Of(changes ?? [])
        )
        {
            Measure = reading.Worst?.Measure.Id,
            Segment = reading.Worst?.Segment,
        };
    }
}
