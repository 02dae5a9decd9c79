using System.Globalization;
using Glancy.Bot.Commands.Words;
using Glancy.Bot.Slack.Inbox;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack;

/// <summary>Which person of the runbook somebody in Slack is, and in which language each is spoken to.</summary>
internal sealed class SlackPeople(RunbookHolder runbook, Phrasebooks phrasebooks, IOptions<SlackDoorOptions> door)
{
    /// <summary>The words of what is said to the channel.</summary>
    public Phrasebook ChannelWords => phrasebooks.In(CultureInfo.GetCultureInfo(door.Value.Language));

    /// <summary>Null for whoever is not in people.yaml, and where nobody did anything.</summary>
    public Person? Find(string? user) =>
        user is null ? null : runbook.Current.People.Values.FirstOrDefault(p => p.Slack == user);

    /// <summary>The one person a notice is for; null for the channel, and for somebody who is gone.</summary>
    public Person? For(Notice notice) =>
        notice.Kind == "direct" ? Named(notice.Arguments.GetValueOrDefault("to", "")) : null;

    /// <summary>A person by id; null for somebody who is gone.</summary>
    public Person? Named(string id) => runbook.Current.People.GetValueOrDefault(id);

    /// <summary>The words of one person's language; Chinese for nobody.</summary>
    public Phrasebook Words(Person? person) =>
        phrasebooks.In(person is null ? null : CultureInfo.GetCultureInfo(person.Language));

    /// <summary>The words of the language that person has chosen in Slack, otherwise of that in people.yaml.</summary>
    public Phrasebook Words(Person person, SlackUserProfile reader) =>
        reader.Culture is { } chosen ? phrasebooks.In(chosen) : Words(person);

    /// <summary>These words, with the names of the runbook in force.</summary>
    public Names Names(Phrasebook words) => new(words, runbook.Current);
}
