using System.Diagnostics.Metrics;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Incidents;
using Glancy.Ops.Tests.Incidents.Outcalls;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Watching;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Claims;

/// <summary>
/// What was given up is listed and counted; who is on call takes it up again or off the list, and the trail says so.
/// </summary>
public sealed class DeadLetterDeskTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_given_up_is_counted_listed_and_taken_up_again_by_who_is_on_call()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ClaimMeter.Meter && instrument.Name == ClaimMeter.Name)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, measurement, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    Interlocked.Add(ref counted, tag is { Key: "queue", Value: "call" } ? measurement : 0);
                }
            }
        );
        listener.Start();

        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await GivenUpAsync(outside);
        var desk = house.Get<DeadLetterDesk>();

        Assert.True(Interlocked.Read(ref counted) >= 1);
        Assert.Equal(1, await desk.CountAsync(Token));
        var letter = Assert.Single(await desk.ListAsync(10, Token));
        Assert.Equal(("call", "http-503", 9), (letter.Queue, letter.Trouble, letter.Attempts));

        Assert.Equal("not-on-call", (await desk.RetryAsync(house.Person("bai"), letter.Name, Token))?.Code);
        Assert.Equal(1, await desk.CountAsync(Token));
        Assert.Null(await desk.RetryAsync(house.Person("lin"), letter.Name, Token));
        Assert.Equal(0, await desk.CountAsync(Token));
        await house.DeliverAsync(Token);

        Assert.Equal(["sms call delivered"], await house.StatesAsync(Token));
        Assert.Equal("lin", Assert.Single(outside.Texts).Text.Split(' ')[0]);
        Assert.Equal(("lin", letter.Name), await AuditedAsync(house, "deadletter-retry"));
    }

    [Fact]
    public async Task What_nobody_needs_any_more_leaves_the_list_and_is_not_tried_again()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await GivenUpAsync(outside);
        var desk = house.Get<DeadLetterDesk>();
        var letter = Assert.Single(await desk.ListAsync(10, Token));

        Assert.Null(await desk.DropAsync(house.Person("lin"), letter.Name, Token));
        await house.DeliverAsync(Token);

        Assert.Empty(await desk.ListAsync(10, Token));
        Assert.Empty(outside.Texts);
        Assert.Equal(("lin", letter.Name), await AuditedAsync(house, "deadletter-drop"));
        Assert.Equal("unknown-dead-letter", (await desk.RetryAsync(house.Person("lin"), letter.Name, Token))?.Code);
    }

    [Theory]
    [InlineData("call-999")]
    [InlineData("call")]
    [InlineData("letter-1")]
    [InlineData("call--1")]
    [InlineData("call-1x")]
    public async Task What_was_never_given_up_is_said_to_be_unknown(string name)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        Assert.Equal(
            "unknown-dead-letter",
            (await house.Get<DeadLetterDesk>().RetryAsync(house.Person("lin"), name, Token))?.Code
        );
    }

    [Fact]
    public async Task An_older_word_to_PagerDuty_is_not_said_after_a_newer_one()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        await house
            .Get<BotDatabase>()
            .ExecuteAsync(
                """
                update glancy.outcall set state = 'given-up', given_up_at = clock_timestamp();
                insert into glancy.outcall (incident_id, service, action, made_at, state)
                select incident_id, service, 'resolve', made_at, 'delivered' from glancy.outcall
                """,
                null,
                Token
            );
        var desk = house.Get<DeadLetterDesk>();
        var letter = Assert.Single(await desk.ListAsync(10, Token));

        Assert.Equal("unknown-dead-letter", (await desk.RetryAsync(house.Person("lin"), letter.Name, Token))?.Code);
        Assert.Equal(1, await desk.CountAsync(Token));
    }

    // A call that the service took never.
    private async Task<OpsHouse> GivenUpAsync(StandInOutside outside)
    {
        var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.Ours, Token, false, null, "Sms");
        await house.OpenAsync(Severity.Sev1, Token);
        for (var i = 0; i < OutcallDelivery.MostAttempts; i++)
        {
            outside.Moods.Enqueue(Mood.Failing);
            await house.WaitedAsync(Token);
            await house.DeliverAsync(Token);
        }

        return house;
    }

    private static async Task<(string Actor, string Target)> AuditedAsync(OpsHouse house, string action)
    {
        var rows = await house
            .Get<BotDatabase>()
            .QueryAsync<string>(
                "select (document ->> 'actor') || ' ' || (document ->> 'target') from glancy.audit where document "
                    + "->> 'action' = @action",
                new { action },
                Token
            );
        var said = Assert.Single(rows).Split(' ');
        return (said[0], said[1]);
    }
}
