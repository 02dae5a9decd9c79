using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Tests.Runbook;

namespace Glancy.Ops.Tests.Database;

/// <summary>What is asked again and again stays planned, unless the connection says otherwise.</summary>
public sealed class PlannedStatementTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", true)]
    [InlineData(";Max Auto Prepare=0", false)]
    public async Task A_question_asked_several_times_is_planned_once(string said, bool planned)
    {
        var databases = await postgres.TakeAsync(Token);
        await using var house = OpsHouse.Build(
            databases,
            RunbookFolders.Shipped,
            "test",
            content: null,
            settings: new Dictionary<string, string?> { ["Database"] = databases.BotRuntime + said }
        );
        long kept = 0;
        for (var i = 0; i < 6; i++)
        {
            kept = (
                await house
                    .Get<BotDatabase>()
                    .QueryAsync<long>("select count(*) from pg_prepared_statements", null, Token)
            )[0];
        }

        Assert.Equal(planned, kept > 0);
    }

    /// <summary>It stays planned as it was first, and a flood comes within seconds.</summary>
    [Fact]
    public async Task What_is_planned_while_a_table_is_empty_is_good_for_a_full_one()
    {
        await using var house = OpsHouse.Build(
            await postgres.TakeAsync(Token),
            RunbookFolders.Shipped,
            "test",
            content: null
        );

        var plan = await house
            .Get<BotDatabase>()
            .QueryAsync<string>(
                "explain select * from glancy.lease where target = 'x' and released_at is null",
                null,
                Token
            );

        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }
}
