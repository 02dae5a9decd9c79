using System.Globalization;
using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Bot.Ack;

/// <summary>
/// Where somebody who was called acknowledges by the link in the message. Looking changes nothing, because messengers
/// look at links for a preview; only the button does. It is behind the door that Slack uses, the one that is open to
/// the network.
/// </summary>
internal static class AckDoor
{
    /// <summary>Its own corner of the door.</summary>
    public const string Prefix = "/ack";

    public static void MapAck(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Prefix + "/{token}", LookAsync);
        routes.MapPost(Prefix + "/{token}", PressAsync);
    }

    private static async Task<IResult> LookAsync(
        string token,
        HttpContext http,
        AckLinks links,
        IncidentStore incidents,
        RunbookHolder runbook,
        Phrasebooks phrasebooks,
        CancellationToken cancellationToken
    )
    {
        var (link, person, words) = await ReadAsync(token, links, runbook, phrasebooks, cancellationToken);
        if (
            link is null
            || person is null
            || await incidents.FindAsync(link.Incident, cancellationToken) is not { } incident
        )
        {
            return Over(http, words);
        }

        return Shown(http, AckPage.Ask(incident.Id, incident.Level, person.Name, words), StatusCodes.Status200OK);
    }

    private static async Task<IResult> PressAsync(
        string token,
        HttpContext http,
        AckLinks links,
        IncidentResponse response,
        RunbookHolder runbook,
        Phrasebooks phrasebooks,
        CancellationToken cancellationToken
    )
    {
        var (link, person, words) = await ReadAsync(token, links, runbook, phrasebooks, cancellationToken);
        if (link is null || person is null)
        {
            return Over(http, words);
        }

        return await response.AcknowledgeAsync(person, link.Incident, AckWay.Link, cancellationToken) switch
        {
            IncidentOutcome.Accepted { Details.Incident: var incident } => Shown(
                http,
                AckPage.Say(words.Say("ack.done", incident.Id, incident.Level), words),
                StatusCodes.Status200OK
            ),
            IncidentOutcome.Refused { Refusal: var refusal } => Shown(
                http,
                AckPage.Say(RefusalView.Words(refusal, words), words),
                StatusCodes.Status409Conflict
            ),
            _ => Over(http, words),
        };
    }

    private static async Task<(AckLink? Link, Person? Person, Phrasebook Words)> ReadAsync(
        string token,
        AckLinks links,
        RunbookHolder runbook,
        Phrasebooks phrasebooks,
        CancellationToken cancellationToken
    )
    {
        var link = await links.FindAsync(token, cancellationToken);
        var person = link is null ? null : runbook.Current.People.GetValueOrDefault(link.Person);
        return (link, person, phrasebooks.In(person is null ? null : CultureInfo.GetCultureInfo(person.Language)));
    }

    private static IResult Over(HttpContext http, Phrasebook words) =>
        Shown(http, AckPage.Say(words["ack.over"], words), StatusCodes.Status404NotFound);

    private static IResult Shown(HttpContext http, string html, int status)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
