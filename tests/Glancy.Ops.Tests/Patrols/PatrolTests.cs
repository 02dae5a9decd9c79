using Glancy.Ops.Handovers;
using Glancy.Ops.Notices;
using Glancy.Ops.Patrols;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Handovers;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Patrols;

namespace Glancy.Ops.Tests.Patrols;

public sealed class PatrolTests(PostgresFixture postgres)
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("queues", "2025-12-31T15:10:00Z", "2025-12-31T16:40:00Z", "23:30 00:00 00:30")]
    [InlineData("cost", "2028-02-28T15:00:00Z", "2028-02-28T17:00:00Z", "00:00 01:00")]
    [InlineData("shift-start", "2025-04-18T01:30:00Z", "2025-04-19T11:00:00Z", "19:00 07:00 19:00")]
    [InlineData("doubao", "2025-04-18T02:00:00Z", "2025-04-18T23:00:00Z", "")]
    [InlineData("backup", "2025-04-18T02:59:59Z", "2025-04-18T03:00:00Z", "11:00")]
    public void It_is_due_by_the_clock_of_the_roster(string patrol, string after, string until, string due)
    {
        var found = RunbookFolders
            .Load()
            .Patrols.Single(p => p.Id == patrol)
            .Due(Shanghai, Instant(after), Instant(until));

        Assert.Equal(
            due,
            string.Join(
                ' ',
                found.Select(at =>
                    TimeZoneInfo
                        .ConvertTime(at, Shanghai)
                        .ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)
                )
            )
        );
    }

    [Fact]
    public async Task Green_is_one_line_in_the_shifts_thread_and_a_row()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        await GoAsync(house);
        house.Advance(TimeSpan.FromMinutes(30));
        await Task.WhenAll(GoAsync(house), GoAsync(house));

        var line = Assert.Single(await house.SaidAsync("patrol-green", Token));
        Assert.Equal((Handover.KeyOf(HandoverHouse.Evening), "queues"), (line.Under, line.Arguments["patrol"]));
        Assert.Empty(await house.SaidAsync(PatrolDesk.CardTemplate, Token));
        Assert.Equal(PatrolResult.Green, (await NewestAsync(house, "queues")).Result);
    }

    [Fact]
    public async Task What_is_not_green_is_one_card_until_it_is()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        house.Lights.Set("queues", house.Now, 800);
        house.Advance(TimeSpan.FromMinutes(30));
        await Task.WhenAll(GoAsync(house), GoAsync(house), GoAsync(house));
        var card = Assert.Single(await CardsAsync(house, "queues"));
        var run = await NewestAsync(house, "queues");
        Assert.Equal((PatrolResult.Yellow, 1, card.Key), (run.Result, card.Revision, run.Card));
        Assert.Equal("800", run.Lines.Single(l => l.Id == "depth").Value);

        house.Advance(TimeSpan.FromMinutes(30));
        await GoAsync(house);
        Assert.Equal(2, Assert.Single(await CardsAsync(house, "queues")).Revision);

        house.Lights.Set("queues", house.Now, double.NaN);
        house.Advance(TimeSpan.FromMinutes(30));
        await GoAsync(house);
        Assert.Equal(3, Assert.Single(await CardsAsync(house, "queues")).Revision);
        Assert.Equal(
            (PatrolResult.Green, null),
            ((await NewestAsync(house, "queues")).Result, (await NewestAsync(house, "queues")).Card)
        );

        // What comes later is another card.
        house.Lights.Set("queues", house.Now, 3000);
        house.Advance(TimeSpan.FromMinutes(30));
        await GoAsync(house);
        Assert.Equal(2, (await CardsAsync(house, "queues")).Count);
        Assert.Equal(PatrolResult.Red, (await NewestAsync(house, "queues")).Result);
    }

    [Fact]
    public async Task What_could_not_be_looked_at_is_unknown()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        house.Lights.Away = true;
        house.Advance(TimeSpan.FromMinutes(30));
        await GoAsync(house);

        var run = await NewestAsync(house, "queues");
        Assert.Equal(PatrolResult.Unknown, run.Result);
        Assert.All(run.Lines, l => Assert.Equal((Light.Unknown, null), (l.Light, l.Value)));
        Assert.Single(await CardsAsync(house, "queues"));
    }

    [Fact]
    public async Task What_only_a_person_can_look_at_is_never_green()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        house.AdvanceTo(new DateTimeOffset(2025, 4, 18, 3, 0, 0, TimeSpan.Zero));
        await GoAsync(house);

        Assert.Equal(PatrolResult.Unknown, (await NewestAsync(house, "backup")).Result);
        Assert.Single(await CardsAsync(house, "backup"));
    }

    [Fact]
    public async Task Who_was_away_looks_once_and_says_how_many_were_missed()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        house.Lights.Set("queues", house.Now, 800);
        house.Advance(TimeSpan.FromMinutes(185));
        await GoAsync(house);
        await GoAsync(house);

        var run = await NewestAsync(house, "queues");
        Assert.Equal((new DateTimeOffset(2025, 4, 18, 4, 30, 0, TimeSpan.Zero), 5), (run.DueAt, run.Missed));
        Assert.Single(await CardsAsync(house, "queues"));
    }

    [Fact]
    public async Task Near_a_limit_is_said_in_the_thread()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        await GoAsync(house);
        var hook = house.Get<RunbookHolder>().Current.Hooks.Single(h => h.Id == "HK-01");
        Assert.False(hook.Measures[0].Red.Upward);
        house.Lights.Set("HK-01", house.Now, 0.99905);
        house.Advance(TimeSpan.FromHours(12));
        await house.GoAsync(Token);
        await GoAsync(house);

        Assert.Equal(
            "HK-01",
            Assert
                .Single(await house.SaidAsync("patrol-near", Token), n => n.Arguments["patrol"] == "shift-start")
                .Arguments["near"]
        );
        Assert.Empty(await CardsAsync(house, "shift-start"));
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Task GoAsync(OpsHouse house) => house.Get<PatrolJob>().GoAsync(Token);

    private static async Task<PatrolRun> NewestAsync(OpsHouse house, string patrol) =>
        (await house.Get<PatrolStore>().NewestAsync(Token))[patrol];

    private static async Task<IReadOnlyList<Notice>> CardsAsync(OpsHouse house, string patrol) =>
        [.. (await house.SaidAsync(PatrolDesk.CardTemplate, Token)).Where(n => n.Arguments["patrol"] == patrol)];
}
