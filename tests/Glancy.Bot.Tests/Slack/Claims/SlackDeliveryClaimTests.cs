using System.Globalization;
using Glancy.Bot.Slack.Inbox;
using Glancy.Bot.Tests.Slack.Rows;
using Glancy.Ops.Kernel.Database;
using Glancy.QueueTests;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Tests.Slack.Claims;

/// <summary>What Slack has delivered.</summary>
public sealed class SlackDeliveryClaimTests(RowsHouse house) : SlackQueuePromises(house)
{
    private static int deliveries;

    protected override ClaimTable Queue => SlackJournal.Queue;

    protected override IDeadLetters Letters => new DeadLetters(Database, SlackJournal.Queue);

    [Fact]
    public async Task What_is_taken_up_again_keeps_its_words_and_never_has_its_first_time_again()
    {
        var key = await PutAsync();
        await ExhaustAsync(key);
        await TakeUpAsync(key);

        var task = await House.Journal.TakeAsync("a", Lease, SlackUrgency.Read, Token);
        Assert.Equal(("said", 2), (task?.RawBody, task?.Attempt));
    }

    protected override async Task<string> PutAsync()
    {
        var number = Interlocked.Increment(ref deliveries);
        var command = new SlashCommand("T1", "ULIN", $"{number}.1")
        {
            UserName = "x",
            ChannelId = "C1",
            ChannelName = "ops",
            Command = "/glancy",
            Text = "said",
            ResponseUrl = null,
        };
        var delivery = new SlackDelivery(
            SlackDoorKind.Command,
            command,
            "said",
            TimeProvider.System.GetUtcNow(),
            0,
            null
        );
        House.Add(new SlackArrival(delivery, "", SlackUrgency.Change, TimeSpan.Zero));
        return await House.SqlAsync("select max(id) from glancy.slack_inbox", Token);
    }

    protected override async Task<TakenItem?> TakeAsync(string owner, TimeSpan lease) =>
        await House.Journal.TakeAsync(owner, lease, SlackUrgency.Read, Token) is not { } task
            ? null
            : new TakenItem(
                task.Id.ToString(CultureInfo.InvariantCulture),
                task.Attempt,
                async () => await House.Journal.AnswerAsync(task, [], Token) && await FinishAsync(task),
                trouble => FailAsync(task, trouble)
            );

    protected override Task<string> KeyAsync(long number) =>
        Task.FromResult(number.ToString(CultureInfo.InvariantCulture));

    private async Task<bool> FinishAsync(SlackTask task)
    {
        await House.Journal.FinishAsync(task, Token);
        return true;
    }

    private async Task FailAsync(SlackTask task, string trouble)
    {
        if (!SlackJournal.Queue.IsLast(task.Attempt))
        {
            await House.Journal.AgainAsync(task, trouble, Token);
        }
        else if (await House.Journal.GiveUpAsync(task, trouble, Token))
        {
            await House.Journal.FinishAsync(task, Token);
        }
    }
}
