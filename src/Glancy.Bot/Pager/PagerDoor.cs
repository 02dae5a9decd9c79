using System.Data.Common;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Pager;

/// <summary>
/// The door that PagerDuty knocks at: <c>POST /pagerduty</c>, webhooks V3. What is answered with 2xx is in the database
/// or nothing of ours; what is answered with 5xx PagerDuty says again, four times within about twenty minutes; what is
/// refused it drops. It is behind the door that Slack uses, the one that is open to the network.
/// </summary>
internal static partial class PagerDoor
{
    /// <summary>Its own corner of the door.</summary>
    public const string Prefix = "/pagerduty";

    // PagerDuty sends nothing that is larger.
    private const int LargestBody = 256 << 10;

    public static void MapPager(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Prefix, TakeAsync);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http,
        PagerAnswers answers,
        ClockReady ready,
        IOptions<PagerOptions> options,
        ILogger<PagerAnswers> logger,
        CancellationToken cancellationToken
    )
    {
        if (await NetworkDoors.BodyAsync(http.Request, LargestBody, cancellationToken) is not { } body)
        {
            return Results.Text("too large", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        if (
            !PagerDutyWebhook.IsSigned(
                body,
                http.Request.Headers[PagerDutyWebhook.SignatureHeader],
                options.Value.WebhookSecret
            )
        )
        {
            LogStranger(logger);
            return Results.Text("unauthorized", statusCode: StatusCodes.Status401Unauthorized);
        }

        if (!ready.WaitAsync(CancellationToken.None).IsCompletedSuccessfully)
        {
            return Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (!PagerDutyWebhook.TryRead(body, out var word))
        {
            LogMalformed(logger);
            return Results.Text("malformed", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            var taken = await answers.TakeAsync(word, cancellationToken);
            LogTaken(logger, word.Type, word.Id, taken);
            return taken == PagerTaken.Later
                ? Results.Text("not asked", statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Accepted();
        }
        catch (DbException lost)
        {
            LogLost(logger, lost);
            return Results.Text("not recorded", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody knocked at PagerDuty's door without its signature")]
    private static partial void LogStranger(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PagerDuty sent what is no event of webhooks V3")]
    private static partial void LogMalformed(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "PagerDuty said {Type} ({Id}): {Taken}")]
    private static partial void LogTaken(ILogger logger, string type, string id, PagerTaken taken);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database failed under a word of PagerDuty, which will say it again"
    )]
    private static partial void LogLost(ILogger logger, Exception lost);
}
