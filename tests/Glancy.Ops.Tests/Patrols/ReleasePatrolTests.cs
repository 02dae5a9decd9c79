using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Handovers;
using Glancy.Ops.Notices;
using Glancy.Ops.Patrols;
using Glancy.Ops.Tests.Handovers;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Patrols;

namespace Glancy.Ops.Tests.Patrols;

/// <summary>The patrol after each change of the stage (§3, §4.1).</summary>
public sealed class ReleasePatrolTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_is_looked_at_once_and_a_whole_window_later()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        await GoAsync(house);
        await ReleaseAsync(house, "REL-B3", 15);

        house.Advance(TimeSpan.FromMinutes(4));
        await GoAsync(house);
        Assert.Empty((await NewestAsync(house)).Lines);

        house.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(GoAsync(house), GoAsync(house), GoAsync(house));
        house.Advance(TimeSpan.FromHours(3));
        await GoAsync(house);
        var run = await NewestAsync(house);
        Assert.Equal(house.Bastion.UpdatedAt + TimeSpan.FromMinutes(5), run.DueAt);
        Assert.Equal((Light.Green, "promote REL-B3 15 % = REL-B3 15 %"), Record(run));
        Assert.All(run.Lines, l => Assert.True(l.Light == Light.Green, l.ToString()));
        Assert.Contains(run.Lines, l => (l.Id, l.Limit) == ("free-p95", "> 2.8 s"));
        Assert.Equal(
            (Handover.KeyOf(HandoverHouse.Evening), "release"),
            Assert.Single(await house.SaidAsync("patrol-green", Token)) is var line
                ? (line.Under, line.Arguments["patrol"])
                : default
        );
        Assert.Empty(await CardsAsync(house));
    }

    [Fact]
    public async Task What_was_there_before_the_bot_is_no_release()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        house.Advance(TimeSpan.FromHours(1));
        await GoAsync(house);

        Assert.Empty((await NewestAsync(house)).Lines);
        Assert.Empty(await CardsAsync(house));
    }

    [Fact]
    public async Task A_gate_that_does_not_hold_is_red_and_the_next_release_carries_its_card_on()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        await ReleaseAsync(house, "REL-B1", 1);

        // HK-04 is yellow from 2 %; the rung's own limit is 1 %.
        house.Lights.Set("HK-04", house.Now, 0.015);
        house.Advance(TimeSpan.FromMinutes(5));
        await GoAsync(house);
        var run = await NewestAsync(house);
        Assert.Equal(PatrolResult.Red, run.Result);
        Assert.Equal(Light.Green, run.Lines.Single(l => l.Id == "HK-04").Light);
        Assert.Equal(
            (Light.Red, "1.5 %", "> 1 %"),
            run.Lines.Single(l => l.Id == "throttled") is var gate ? (gate.Light, gate.Value, gate.Limit) : default
        );
        var card = Assert.Single(await CardsAsync(house));

        house.Lights.Set("HK-04", house.Now, double.NaN);
        await ReleaseAsync(house, "REL-B2", 5);
        house.Advance(TimeSpan.FromMinutes(5));
        await GoAsync(house);
        Assert.Equal(PatrolResult.Green, (await NewestAsync(house)).Result);
        Assert.Equal(
            (card.Key, 2),
            Assert.Single(await CardsAsync(house)) is var after ? (after.Key, after.Revision) : default
        );
    }

    [Fact]
    public async Task What_was_not_well_is_looked_at_again_until_it_is_and_then_no_more()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        await ReleaseAsync(house, "REL-B3", 0, "rollback");
        house.Lights.Set("HK-01", house.Now, 0.99);
        house.Advance(TimeSpan.FromMinutes(5));
        await GoAsync(house);
        house.Advance(TimeSpan.FromMinutes(4));
        await GoAsync(house);
        Assert.Equal(
            (PatrolResult.Red, house.Bastion.UpdatedAt.AddMinutes(5)),
            await NewestAsync(house) is var red ? (red.Result, red.DueAt) : default
        );

        // The next but one is due by now; the one between is over.
        house.Lights.Set("HK-01", house.Now, double.NaN);
        house.Advance(TimeSpan.FromMinutes(7));
        await Task.WhenAll(GoAsync(house), GoAsync(house));
        Assert.Equal(
            (PatrolResult.Green, house.Bastion.UpdatedAt.AddMinutes(15)),
            await NewestAsync(house) is var green ? (green.Result, green.DueAt) : default
        );
        Assert.Equal(2, Assert.Single(await CardsAsync(house)).Revision);

        house.Lights.Set("HK-01", house.Now, 0.99);
        house.Advance(TimeSpan.FromHours(1));
        await GoAsync(house);
        Assert.Equal(PatrolResult.Green, (await NewestAsync(house)).Result);
    }

    [Fact]
    public async Task What_is_not_in_the_record_is_said()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        await ReleaseAsync(house, "REL-B2", 5);
        (house.Bastion.Batch, house.Bastion.Weight, house.Bastion.UpdatedAt) = (
            "REL-B3",
            "15",
            house.Now + TimeSpan.FromMinutes(1)
        );
        house.Advance(TimeSpan.FromMinutes(6));
        await GoAsync(house);

        var run = await NewestAsync(house);
        Assert.Equal((Light.Yellow, "promote REL-B2 5 % ≠ REL-B3 15 %"), Record(run));
        Assert.Equal(PatrolResult.Yellow, run.Result);
        Assert.Single(await CardsAsync(house));
    }

    [Fact]
    public async Task What_only_a_person_can_confirm_is_unknown()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        var run = await LookedAtAsync(house, "REL-B5", 100);
        Assert.Equal(PatrolResult.Unknown, run.Result);
        Assert.All(run.Lines.Where(l => l.Attested), l => Assert.Equal(Light.Unknown, l.Light));
        Assert.Contains(run.Lines, l => l.Attested);

        // Another look would not find it otherwise.
        house.Advance(TimeSpan.FromHours(1));
        await GoAsync(house);
        Assert.Equal(run.DueAt, (await NewestAsync(house)).DueAt);
    }

    [Fact]
    public async Task A_batch_that_the_ladder_does_not_know_is_unknown()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        var run = await LookedAtAsync(house, "REL-C1", 20);
        Assert.Equal((PatrolResult.Unknown, Light.Unknown), (run.Result, run.Lines.Single(l => l.Id == "rung").Light));
    }

    [Fact]
    public async Task After_a_way_back_the_record_and_the_hooks_are_looked_at_and_no_gate()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        var run = await LookedAtAsync(house, "REL-B3", 0, "rollback");
        Assert.Equal((Light.Green, "rollback REL-B3 0 % = REL-B3 0 %"), Record(run));
        Assert.Equal(PatrolResult.Green, run.Result);
        Assert.DoesNotContain(run.Lines, l => l.Id == "free-p95");
    }

    [Fact]
    public async Task A_release_while_the_tool_was_silent_is_looked_at_when_it_answers()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await GoAsync(house);
        await ReleaseAsync(house, "REL-B3", 15);
        house.Bastion.Away = true;
        house.Advance(TimeSpan.FromMinutes(10));
        await GoAsync(house);
        Assert.Empty((await NewestAsync(house)).Lines);

        house.Bastion.Away = false;
        house.Advance(TimeSpan.FromMinutes(10));
        await GoAsync(house);
        Assert.Equal(house.Bastion.UpdatedAt + TimeSpan.FromMinutes(5), (await NewestAsync(house)).DueAt);
    }

    private static (Light Light, string? Value) Record(PatrolRun run) =>
        run.Lines.Single(l => l.Id == PatrolReader.Record) is var line ? (line.Light, line.Value) : default;

    private static async Task ReleaseAsync(OpsHouse house, string batch, int weight, string kind = "promote")
    {
        (house.Bastion.Batch, house.Bastion.Weight, house.Bastion.UpdatedAt) = (
            batch,
            weight.ToString(System.Globalization.CultureInfo.InvariantCulture),
            house.Now
        );
        await house
            .Get<ProductDatabase>()
            .SelectAsync<long>(
                "insert into release_batches (batch, kind, weight, state, confirmed_at) values (@batch, @kind, "
                    + "@weight, 'done', @at) returning id",
                new
                {
                    batch,
                    kind,
                    weight,
                    at = house.Now.ToUniversalTime(),
                },
                Token
            );
    }

    // A whole window after the release.
    private static async Task<PatrolRun> LookedAtAsync(
        OpsHouse house,
        string batch,
        int weight,
        string kind = "promote"
    )
    {
        await ReleaseAsync(house, batch, weight, kind);
        house.Advance(TimeSpan.FromMinutes(5));
        await GoAsync(house);
        return await NewestAsync(house);
    }

    private static Task GoAsync(OpsHouse house) => house.Get<ReleasePatrolJob>().GoAsync(Token);

    private static async Task<PatrolRun> NewestAsync(OpsHouse house) =>
        (await house.Get<PatrolStore>().NewestAsync(Token))["release"];

    private static async Task<IReadOnlyList<Notice>> CardsAsync(OpsHouse house) =>
        [.. (await house.SaidAsync(PatrolDesk.CardTemplate, Token)).Where(n => n.Arguments["patrol"] == "release")];
}
