using System.Globalization;
using Glancy.Bot.Ack;
using Glancy.Bot.Commands.Words;
using Glancy.Bot.Pager;
using Glancy.Bot.Slack.Charts;
using Glancy.Bot.Slack.Home;
using Glancy.Bot.Slack.Inbox;
using Glancy.Bot.Slack.Outbox;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster.Sources;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack;

/// <summary>
/// The door that Slack knocks at, whoever was called and opens the link, and PagerDuty; there is none where the section
/// <c>Slack</c> names no address.
/// </summary>
internal static class SlackDoors
{
    /// <summary>What the door answers under.</summary>
    public const string Prefix = "/slack";

    /// <summary>Registers it. Its address; null when there is none.</summary>
    public static string? AddSlackDoor(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Slack");
        if (settings[nameof(SlackDoorOptions.Listen)] is not { Length: > 0 } listen)
        {
            return null;
        }

        builder.Services.AddOptions<SlackDoorOptions>().Bind(settings).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IRefusedKinds, SlackRefusedKinds>();
        builder.Services.AddSlack(settings.Bind);
        builder
            .Services.AddOptions<SlackOptions>()
            .PostConfigure<Phrasebooks, IOptions<SlackDoorOptions>>(
                (slack, phrasebooks, door) =>
                {
                    var words = phrasebooks.In(CultureInfo.GetCultureInfo(door.Value.Language));
                    (slack.NotTakenText, slack.DoubtText) = (
                        UnrecordedReply.Words(UnrecordedReply.Refusal(certain: true), words),
                        UnrecordedReply.Words(UnrecordedReply.Refusal(certain: false), words)
                    );

                    // A button says a command of ours; where it cannot be shown, that is what has to be typed.
                    slack.TypedBefore = "/";
                }
            );
        builder.Services.AddSingleton<SlackPeople>().AddSingleton<SlackJob>();
        builder
            .Services.AddSingleton<SlackJournal>()
            .AddSingleton<SlackArrivals>()
            .AddSingleton<SlackLanes>()
            .AddSingleton<WorkSignal>()
            .AddSingleton<SlackOwn>()
            .AddSingleton<MessageShortcuts>()
            .AddSingleton<UnrecordedReply>()
            .AddSingleton<IncompleteCommands>()
            .AddSingleton<SlackFormChoices>()
            .AddSingleton<SlackFormViews>()
            .AddSingleton<SlackFormFaults>()
            .AddSingleton<SlackForms>()
            .AddSingleton<ISlackInbox, SlackInbox>();
        builder
            .Services.AddSingleton<SlackUserProfiles>()
            .AddSingleton<SlackAnswers>()
            .AddSingleton<SlackMarks>()
            .AddSingleton<SlackEvents>()
            .AddSingleton<SlackCommands>();
        builder
            .Services.AddSingleton<SlackWork>()
            .AddSingleton<SlackTold>()
            .AddSingleton<SlackGivingUp>()
            .AddHostedService<SlackTurns>();
        builder
            .Services.AddSingleton<IDeadLetters, SlackPostDeadLetters>()
            .AddSingleton<IDeadLetters>(provider => new DeadLetters(
                provider.GetRequiredService<BotDatabase>(),
                SlackJournal.Queue
            ))
            .AddSingleton<IDeadLetters>(provider => new DeadLetters(
                provider.GetRequiredService<BotDatabase>(),
                SlackCharts.Queue
            ));
        builder
            .Services.AddSingleton<SlackPosts>()
            .AddSingleton<SlackSelf>()
            .AddSingleton<SlackGone>()
            .AddSingleton<SlackSetbacks>()
            .AddSingleton<SlackAddress>()
            .AddSingleton<MessageLinks>()
            .AddSingleton<PagedPeople>()
            .AddSingleton<SlackMessages>()
            .AddSingleton<SlackSender>()
            .AddSingleton<SlackDispatch>()
            .AddHostedService<SlackOutbox>();
        builder.Services.AddSingleton<SlackCharts>().AddSingleton<SlackChartist>().AddHostedService<SlackChartWork>();
        builder.Services.AddSingleton<IRosterReader, SlackGroupReader>();
        builder.Services.AddSingleton<ChannelTopicReader>().AddHostedService<ChannelTopicJob>();
        builder
            .Services.AddSingleton<OpenedHomes>()
            .AddSingleton<HomeReader>()
            .AddSingleton<SlackHomes>()
            .AddHostedService(provider => provider.GetRequiredService<SlackHomes>());
        NetworkDoors.Listen(builder, listen);
        return listen;
    }

    /// <summary>Maps it; <see cref="NetworkDoors"/> keeps every other door out of its reach.</summary>
    public static void MapSlackDoor(this WebApplication app)
    {
        app.MapSlack(Prefix);
        app.MapAck();
        app.MapPager();
    }
}
