using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Slack.Inbound;

/// <summary>
/// Takes a request in: size, signature, shape, workspace, inbox, answer - in this order, so that nothing unsigned is
/// parsed.
/// </summary>
/// <param name="signatureClock">Judges how old a request is.</param>
/// <param name="wire">Measures how long an answer takes; goes on when the other is a clock that tests set.</param>
internal sealed partial class SlackDoor(
    IOptions<SlackOptions> options,
    [FromKeyedServices(SlackServices.SignatureClock)] TimeProvider signatureClock,
    [FromKeyedServices(SlackServices.WireClock)] TimeProvider wire,
    ILogger<SlackDoor> log
)
{
    private readonly SlackOptions settings = options.Value;

    public async Task HandleAsync(HttpContext http, SlackDoorKind kind)
    {
        using var late = new CancellationTokenSource(settings.AcknowledgeWithin, wire);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        byte[]? body;
        try
        {
            body = await RawBody.ReadAsync(http.Request, settings.MaxBodyBytes, ending.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status408RequestTimeout;
            return;
        }

        if (body is null)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var timestamp = Single(http.Request, SlackSignature.TimestampHeader);
        if (
            !SlackSignature.Holds(
                settings.SigningSecret,
                timestamp,
                Single(http.Request, SlackSignature.SignatureHeader),
                body,
                signatureClock.GetUtcNow(),
                settings.SignatureWindow
            )
        )
        {
            if (
                kind == SlackDoorKind.Command
                && CertificateCheck.Is(
                    Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, CertificateCheck.Longest + 1)))
                )
            )
            {
                // Slack looks at the certificate, and signs nothing for that. It hears 200, which anybody may hear.
                return;
            }

            Unsigned(log, kind);
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var text = WholeText.Of(Encoding.UTF8.GetString(body));
        if (kind == SlackDoorKind.Event && EventReader.Challenge(text) is { } challenge)
        {
            await SlackAnswer.ChallengeAsync(http.Response, challenge);
            return;
        }

        var read = SlackRequestReader.Read(kind, text, out var unwanted);
        if (unwanted is not null)
        {
            // It is Slack's, and nothing for us. Any other answer is repeated, and counted against the app.
            Log(kind, unwanted);
            return;
        }

        if (read is not { } request)
        {
            NoRequest(log, kind);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (string.IsNullOrWhiteSpace(settings.TeamId) || request.TeamId != settings.TeamId)
        {
            OtherTeam(log, kind, request.TeamId);
            return;
        }

        var signedAt = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(timestamp ?? "0", NumberStyles.None, CultureInfo.InvariantCulture)
        );
        var retry = int.TryParse(
            Single(http.Request, "X-Slack-Retry-Num"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;
        var delivery = new SlackDelivery(
            kind,
            request,
            text,
            signedAt,
            retry,
            Single(http.Request, "X-Slack-Retry-Reason")
        );
        await SlackAnswer.SendAsync(
            http.Response,
            request,
            await TakeAsync(http.RequestServices, delivery, late.Token, ending.Token),
            settings,
            log
        );
    }

    private async Task<SlackReply> TakeAsync(
        IServiceProvider services,
        SlackDelivery delivery,
        CancellationToken late,
        CancellationToken ending
    )
    {
        try
        {
            var inbox = services.GetRequiredService<ISlackInbox>();

            // WaitAsync: an inbox that ignores its token must not make Slack wait. What it does then is in doubt.
            return await inbox.TakeAsync(delivery, ending).AsTask().WaitAsync(ending);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            TooSlow(log, e, delivery.Kind, delivery.Request.DedupeKey);
            return SlackReply.NotTaken(settings.DoubtText);
        }
        // whatever the inbox throws, the person has to hear that nothing was taken
        catch (Exception e)
        {
            NotTaken(log, e, delivery.Kind, delivery.Request.DedupeKey);
            return SlackReply.NotTaken();
        }
    }

    private void Log(SlackDoorKind kind, string unwanted)
    {
        if (unwanted == SlackRequestReader.TooMuch)
        {
            RateLimited(log);
        }
        else
        {
            Unwanted(log, kind, unwanted);
        }
    }

    // A header given twice has no one meaning.
    private static string? Single(HttpRequest request, string name) =>
        request.Headers[name] is [{ } value] ? value : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "refused a {Kind} whose signature does not hold")]
    private static partial void Unsigned(ILogger log, SlackDoorKind kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "refused a signed body that is no {Kind}")]
    private static partial void NoRequest(ILogger log, SlackDoorKind kind);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "a {Kind} that nobody wants was acknowledged and left alone: {What}"
    )]
    private static partial void Unwanted(ILogger log, SlackDoorKind kind, string what);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Slack holds events back: there are more than it delivers in an hour"
    )]
    private static partial void RateLimited(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "left alone a {Kind} of another workspace, {TeamId}")]
    private static partial void OtherTeam(ILogger log, SlackDoorKind kind, string teamId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "the inbox gave no answer in time for {Kind} {Key}; whether it is recorded is not known"
    )]
    private static partial void TooSlow(ILogger log, Exception exception, SlackDoorKind kind, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "the inbox did not take {Kind} {Key}")]
    private static partial void NotTaken(ILogger log, Exception exception, SlackDoorKind kind, string key);
}
