using System.Globalization;
using System.Net;
using Glancy.Bot.Ack;
using Glancy.Bot.Commands.Words;
using Glancy.Bot.Slack.Charts;
using Glancy.Bot.Slack.Inbox;
using Glancy.Bot.Slack.Outbox;
using Glancy.Slack;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack;

/// <summary>The door that Slack knocks at, and whoever was called and opens the link; there is none where the section <c>Slack</c> names no address.</summary>
public static class SlackDoors
{
    private const string Prefix = "/slack";

    /// <summary>Registers it. True when there is one.</summary>
    public static bool AddSlackDoor(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.Configuration.GetSection("Slack");
        if (settings[nameof(SlackDoorOptions.Listen)] is not { Length: > 0 } listen)
        {
            return false;
        }

        builder.Services.AddOptions<SlackDoorOptions>().Bind(settings).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSlack(settings.Bind);
        builder.Services.AddOptions<SlackOptions>().PostConfigure<Phrasebooks, IOptions<SlackDoorOptions>>((slack, phrasebooks, door) =>
        {
            var words = phrasebooks.In(CultureInfo.GetCultureInfo(door.Value.Language));
            (slack.NotTakenText, slack.DoubtText) = (SlackLoss.Words(certain: true, words), SlackLoss.Words(certain: false, words));
        });
        builder.Services.AddSingleton<SlackJournal>().AddSingleton<SlackBell>().AddSingleton<SlackForms>().AddSingleton<SlackLoss>().AddSingleton<ISlackInbox, SlackInbox>();
        builder.Services.AddSingleton<SlackReaders>().AddSingleton<SlackAnswers>().AddHostedService<SlackWork>();
        builder.Services.AddSingleton<SlackPosts>().AddSingleton<SlackMessages>().AddSingleton<SlackSelf>().AddSingleton<SlackDispatch>().AddHostedService<SlackOutbox>();
        builder.Services.AddSingleton<SlackCharts>().AddSingleton<SlackChartist>().AddHostedService<SlackChartWork>();
        builder.Services.AddHostedService<SlackPresence>();
        if (IPEndPoint.TryParse(listen, out var address))
        {
            builder.WebHost.ConfigureKestrel((_, kestrel) => kestrel.Listen(address));
        }

        return true;
    }

    /// <summary>Maps it, and keeps every other door out of its reach: the terminal and the world's clock are the local socket's.</summary>
    public static void MapSlackDoor(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((http, next) =>
        {
            // Only a connection of the network has an address here.
            if (http.Connection.LocalIpAddress is not null && !http.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal) && !http.Request.Path.StartsWithSegments(AckDoor.Prefix, StringComparison.Ordinal))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return next(http);
        });
        app.MapSlack(Prefix);
        app.MapAck();
    }
}
