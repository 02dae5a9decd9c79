using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Ops.Incidents;

/// <summary>Something that was said or happened in an incident.</summary>
/// <param name="Kind">Which words: the post's are <c>incident-{kind}</c>.</param>
/// <param name="Facts">The post's arguments, and what the timeline keeps.</param>
/// <param name="Entry">The audit's line.</param>
internal sealed record IncidentWord(string Kind, IReadOnlyDictionary<string, string> Facts, AuditEntry Entry);

/// <summary>
/// What every word on an incident leaves: a line of its timeline, a post in the thread of its card, the card anew, and
/// the audit's line.
/// </summary>
public sealed class IncidentLog(NoticeBoard notices, AuditLog audit, TimeProvider clock)
{
    private const string CardTemplate = "card-incident";

    /// <summary>The key of an incident's card.</summary>
    public static string CardKey(string incident) => "incident:" + incident;

    /// <summary>
    /// Writes it all; the audit's line is the last statement, so nothing of the transaction may come after it.
    /// </summary>
    internal async Task WriteAsync(Transaction transaction, Incident incident, IncidentWord word)
    {
        await SayAsync(transaction, incident, word.Entry.Actor, word.Kind, word.Facts);
        await CardAsync(transaction, incident);
        await AuditAsync(transaction, word.Entry);
    }

    /// <summary>A line of the timeline and its post.</summary>
    internal async Task SayAsync(
        Transaction transaction,
        Incident incident,
        string actor,
        string kind,
        IReadOnlyDictionary<string, string> facts
    )
    {
        var number = await EventAsync(transaction, incident, actor, kind, facts);
        var arguments = About(incident, facts);
        arguments["person"] = actor;
        var template = "incident-" + kind;
        await notices.PutAsync(
            transaction,
            new NoticeDraft(
                $"incident:{incident.Id}:{kind}:{number}",
                "post",
                template,
                arguments,
                Under: CardKey(incident.Id)
            )
        );
    }

    /// <summary>A line of the timeline alone.</summary>
    internal Task<long> EventAsync(
        Transaction transaction,
        Incident incident,
        string actor,
        string kind,
        IReadOnlyDictionary<string, string> facts
    ) => IncidentEvents.AddAsync(transaction, incident.Id, new IncidentEvent(clock.GetUtcNow(), actor, kind, facts));

    /// <summary>The card is drawn anew from the incident as it stands after the transaction.</summary>
    internal Task CardAsync(Transaction transaction, Incident incident) =>
        notices.PutAsync(
            transaction,
            new NoticeDraft(
                CardKey(incident.Id),
                "card",
                CardTemplate,
                About(incident, new Dictionary<string, string>())
            )
        );

    /// <summary>Something that is no post: a page to the channel or a message to one person.</summary>
    internal Task CallAsync(
        Transaction transaction,
        Incident incident,
        string key,
        string kind,
        string template,
        IReadOnlyDictionary<string, string> facts
    ) => notices.PutAsync(transaction, new NoticeDraft(key, kind, template, About(incident, facts)));

    /// <summary>Somebody has it, or it is over: nobody who was called has to press anything any more.</summary>
    internal Task HandledAsync(Transaction transaction, Incident incident, string person) =>
        notices.HandledAsync(transaction, incident.Id, CardKey(incident.Id), person);

    internal Task AuditAsync(Transaction transaction, AuditEntry entry) => audit.AppendAsync(transaction, entry);

    private static Dictionary<string, string> About(Incident incident, IReadOnlyDictionary<string, string> facts) =>
        new(facts)
        {
            ["incident"] = incident.Id,
            ["severity"] = incident.Level,
            ["title"] = incident.Title,
        };
}
