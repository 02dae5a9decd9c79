using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Alerts;

/// <summary>
/// The door that Alertmanager knocks at: <c>POST /alerts</c>. What is acknowledged is in the database; everything else
/// Alertmanager sends again.
/// </summary>
internal static partial class AlertDoor
{
    public const string Prefix = "/alerts";

    private const string Bearer = "Bearer ";
    private const int LargestBody = 4 << 20;

    /// <summary>Registers it. Its address; null where the section <c>Alerts</c> names none.</summary>
    public static string? AddAlertDoor(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Alerts");
        builder
            .Services.AddOptions<AlertsOptions>()
            .Bind(settings, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return settings[nameof(AlertsOptions.Listen)] is { Length: > 0 } listen && NetworkDoors.Listen(builder, listen)
            ? listen
            : null;
    }

    public static void MapAlertDoor(this WebApplication app) => app.MapPost(Prefix, TakeAsync);

    /// <summary>
    /// Whether the header carries the token; never where there is none. The time it takes tells nothing of it.
    /// </summary>
    public static bool IsLetIn(string? header, string token)
    {
        var given =
            header is not null && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? header[Bearer.Length..].Trim()
                : "";
        var same = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(token))
        );
        return same && token.Length > 0;
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http,
        AlertInbox inbox,
        AlertLosses losses,
        WakeSignal wake,
        ClockReady ready,
        IOptions<AlertsOptions> options,
        ILogger<AlertInbox> logger,
        CancellationToken cancellationToken
    )
    {
        if (!IsLetIn(http.Request.Headers.Authorization, options.Value.Token))
        {
            LogStranger(logger);
            return Results.Text("unauthorized", statusCode: StatusCodes.Status401Unauthorized);
        }

        // A card is dated by the world's clock: before that is known nothing is taken.
        if (!ready.WaitAsync(CancellationToken.None).IsCompletedSuccessfully)
        {
            return Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            if (await NetworkDoors.BodyAsync(http.Request, LargestBody, cancellationToken) is not { } body)
            {
                var called = AlertPayload.Called(await BeginningAsync(http.Request, cancellationToken));
                LogTooLarge(logger, called, http.Request.ContentLength, LargestBody);
                await losses.SayAsync(
                    AlertLosses.TooLarge,
                    called,
                    string.Create(CultureInfo.InvariantCulture, $"{LargestBody >> 20} MiB"),
                    cancellationToken
                );
                return Results.Text("too large: set max_alerts", statusCode: StatusCodes.Status413PayloadTooLarge);
            }

            if (!AlertPayload.TryRead(body, out var delivery, out var problem))
            {
                LogMalformed(logger, problem);
                await losses.SayAsync(AlertLosses.Unreadable, AlertPayload.Called(body), problem, cancellationToken);
                return Results.Text("malformed: " + problem, statusCode: StatusCodes.Status400BadRequest);
            }

            // Said first: after a crash in between it is sent again, and said once.
            if (delivery.Spoiled.Count > 0)
            {
                var places = string.Join(", ", delivery.Spoiled);
                LogSpoiled(logger, delivery.Called, places);
                await losses.SayAsync(AlertLosses.Spoiled, delivery.Called, places, cancellationToken);
            }

            await inbox.TakeAsync(delivery, cancellationToken);
        }
        catch (DbException lost)
        {
            LogLost(logger, lost);
            return Results.Text("not recorded", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            await wake.SendAsync(CancellationToken.None);
        }
        catch (DbException)
        {
            // It is recorded; that it is read a moment later is all that was lost.
        }

        return Results.Ok();
    }

    // Enough for the first alert's labels, which stand near the beginning.
    private static async Task<byte[]> BeginningAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var beginning = new byte[64 << 10];
        try
        {
            return beginning[
                ..await request.Body.ReadAtLeastAsync(
                    beginning,
                    beginning.Length,
                    throwOnEndOfStream: false,
                    cancellationToken
                )
            ];
        }
        catch (IOException)
        {
            // So large that the server does not read it at all.
            return [];
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Alertmanager sent a delivery that is larger than is taken; set max_alerts there: alerts {Called}, "
            + "{Length} bytes, limit {Limit}"
    )]
    private static partial void LogTooLarge(ILogger logger, string called, long? length, int limit);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Fields of a delivery of Alertmanager could not be read, everything else was taken: alerts "
            + "{Called}, places {Places}"
    )]
    private static partial void LogSpoiled(ILogger logger, string called, string places);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody knocked at the alerts' door without its token")]
    private static partial void LogStranger(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alertmanager sent what is no delivery of version 4: {Problem}")]
    private static partial void LogMalformed(ILogger logger, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database failed under a delivery of Alertmanager, which will send it again"
    )]
    private static partial void LogLost(ILogger logger, Exception lost);
}
