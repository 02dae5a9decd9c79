using System.Globalization;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>A call in the language of who is called; personal data in a title does not leave with it.</summary>
internal sealed class CallWords(Phrasebooks phrasebooks, Revealing revealing) : ICallWords
{
    private static readonly HashSet<string> Nothing = [];

    public string Of(Incident incident, Person person, DateTimeOffset until, Uri? link)
    {
        var words = phrasebooks.In(CultureInfo.GetCultureInfo(person.Language));
        var lines = words
            .Say("call.text", person.Name, incident.Id, incident.Level, Masked(incident.Title), TimeText.Minute(until))
            .Plain;
        return lines
            + "\n"
            + (
                link is null ? words.Say("call.without-link", incident.Id) : words.Say("call.link", link.AbsoluteUri)
            ).Plain;
    }

    public string Summary(Incident incident)
    {
        return $"{incident.Id} {incident.Level}: {Masked(incident.Title)}";
    }

    private string Masked(string title) => revealing.Masker().Mask(title, Nothing).In(title);
}
