using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>Numbers that people read go to what exists, without gaps.</summary>
public sealed class RunNumbersTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_that_is_rolled_back_leaves_no_gap()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var first = await house.DraftRollbackAsync(Token);
        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                house
                    .Get<BotDatabase>()
                    .InTransactionAsync(
                        async transaction =>
                        {
                            await transaction.ExecuteAsync(
                                """
                                insert into glancy.run (definition, runbook_version, arguments, plan, plan_hash,
                                  keys, state, requested_by, reason, created_at, expires_at)
                                select definition, runbook_version, arguments, plan, plan_hash,
                                  keys, state, requested_by, reason, created_at, expires_at from glancy.run
                                """
                            );
                            throw new InvalidOperationException("after the number was taken");
                        },
                        Token
                    )
            );
        }

        house.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(first.Id + 1, (await house.DraftRollbackAsync(Token)).Id);
    }

    [Fact]
    public async Task Many_at_once_are_numbered_one_after_the_other()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        string[] procedures =
        [
            "kill-switch",
            "exports-off",
            "exports-workers",
            "exports-restart",
            "streaming-restart",
            "no-such-thing",
        ];
        var arguments = new Dictionary<string, string> { ["reason"] = "all at once" };

        var outcomes = await Task.WhenAll(
            procedures.Select(p =>
                house.Get<Drafts>().DraftAsync(p, arguments, house.Person("lin"), "all at once", Token)
            )
        );

        var numbers = outcomes.OfType<DraftOutcome.Drafted>().Select(o => o.Run.Id).Order().ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(i => (long)i), numbers);
        Assert.True(numbers.Count > 3, string.Join(", ", outcomes));
    }

    [Fact]
    public async Task Leases_and_follow_ups_have_no_gaps_either()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        Assert.Equal(
            Enumerable.Range(1, 2).Select(i => (long)i),
            (await house.Get<LeaseStore>().OpenAsync(Token)).Select(l => l.Id).Order()
        );

        var desk = house.Get<FollowUpDesk>();
        for (var i = 0; i < 3; i++)
        {
            await desk.AddAsync(house.Person("lin"), "open exports again", null, "message-1", Token);
        }

        await desk.AddAsync(house.Person("lin"), "open regenerate again", null, "message-2", Token);
        Assert.Equal(["F-1", "F-2"], (await house.Get<FollowUpStore>().OpenAsync(Token)).Select(f => f.Name));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("lease")]
    [InlineData("follow_up")]
    [InlineData("alert_group")]
    [InlineData("roster_override")]
    [InlineData("roster_swap")]
    public async Task No_sequence_gives_a_number_that_people_read(string table)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        var rule = Assert.Single(
            await house
                .Get<BotDatabase>()
                .QueryAsync<string>(
                    "select column_default from information_schema.columns where table_schema = 'glancy' and "
                        + "table_name = @table and column_name = 'id'",
                    new { table },
                    Token
                )
        );

        Assert.StartsWith("glancy.next_number(", rule, StringComparison.Ordinal);
        if (table == "alert_group")
        {
            // Old ones are taken away, but never the newest: OldRowsTests.
            return;
        }

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            house.Get<BotDatabase>().ExecuteAsync($"delete from glancy.{table}", null, Token)
        );
    }
}
