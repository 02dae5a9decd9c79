using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Notices;

/// <summary>A card as it is to stand in the channel now.</summary>
/// <param name="For">Who is mentioned above it; empty for nobody.</param>
public sealed record NoticeCard(Page Page, IReadOnlyList<Person> For)
{
    /// <summary>The key of the card before it, to be linked where a channel can; null for none.</summary>
    public string? Before { get; init; }
}

/// <summary>
/// Draws the cards of one template from what they speak of, whenever a channel lacks their newest revision. Found by a
/// scan of the assembly.
/// </summary>
public interface INoticeCard
{
    /// <summary>The notices' template.</summary>
    string Template { get; }

    /// <summary>The card as things stand; null when what it speaks of is gone, and its words have to do.</summary>
    Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken);
}

/// <summary>Cards that are not a run's, by their template.</summary>
public sealed class NoticeCards(IEnumerable<INoticeCard> cards)
{
    private readonly Dictionary<string, INoticeCard> byTemplate = cards.ToDictionary(c => c.Template);

    /// <summary>Null for a notice that is no such card.</summary>
    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return byTemplate.TryGetValue(notice.Template, out var card)
            ? await card.ShowAsync(notice, names, cancellationToken)
            : null;
    }
}
