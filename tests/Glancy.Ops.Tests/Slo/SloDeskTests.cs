using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Runbook;
using Glancy.Ops.Slo;
using Glancy.Ops.Tests.Hooks;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Glancy.Ops.Tests.Slo;

/// <summary>The runbook's own queries and statement, asked of a real Prometheus and a real PostgreSQL.</summary>
public sealed class SloDeskTests(PrometheusWorld world, PostgresFixture postgres) : IClassFixture<PrometheusWorld>
{
    // Prometheus takes samples in the order of time, so each test takes a later month.
    private static int months;

    private readonly RunbookContent content = RunbookFolders.Load();
    private readonly DateTimeOffset at = new DateTimeOffset(2023, 1, 18, 1, 20, 0, TimeSpan.Zero).AddMonths(
        Interlocked.Increment(ref months)
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_day_meets_every_promise()
    {
        await world.WriteAsync(new WorldSeries(at, new Hour()).Build(), Token);
        var report = await ReadAsync(await ProductAsync(0.001, 0.002));

        Assert.Equal(
            [],
            report
                .Objectives.Concat(report.Agreements)
                .Where(o => o.Attainment != Attainment.Met)
                .Select(o => $"{o.Objective.Id} {o.Reading.Value} {o.Reading.Unknown}")
        );
        Assert.Equal([0.1, 0.2], report.Day.Select(d => Math.Round(d.Minutes ?? -1, 6)));
        Assert.Equal(0, report.Month?.Value);
        Assert.Equal([0.0, 0.0], report.Burn.Select(b => b.Value ?? -1));
        Assert.IsType<Exhaustion.Never>(report.Exhaustion);
    }

    [Fact]
    public async Task Errors_miss_the_rates_burn_the_budget_and_leave_the_rest_alone()
    {
        await world.WriteAsync(new WorldSeries(at, new Hour { BlueErrors = 0.01, GreenErrors = 0.01 }).Build(), Token);
        var report = await ReadAsync(await ProductAsync(0.05, 0));

        Assert.Equal(
            ["lookup-success", "sla-month"],
            report
                .Objectives.Concat(report.Agreements)
                .Where(o => o.Attainment == Attainment.Missed)
                .Select(o => o.Objective.Id)
        );
        Assert.Equal(0.99, report.Objectives[0].Reading.Value ?? 0, 1e-4);

        // Nine in ten requests are /lookup's.
        Assert.Equal(0.991, report.Agreements[0].Reading.Value ?? 0, 1e-4);
        Assert.Equal(10, report.Burn[0].Value ?? 0, 0.1);
        Assert.Equal(5 / 1.44, report.Day[0].Consumed ?? 0, 1e-3);
        var lasts = Assert.IsType<Exhaustion.In>(report.Exhaustion);
        var days = DateTime.DaysInMonth(at.Year, at.Month);
        Assert.Equal((1 - (report.Month?.Value ?? 0)) * days / (report.Burn[0].Value ?? 1), lasts.Time.TotalDays, 1e-3);
        Assert.True(lasts.BeforeMonthEnds);
    }

    [Fact]
    public async Task Slow_answers_miss_their_own_promise_only()
    {
        await world.WriteAsync(new WorldSeries(at, new Hour { LookupSeconds = 2.7, SyncDelay = 7 }).Build(), Token);
        var report = await ReadAsync(await ProductAsync(0, 0));

        Assert.Equal(
            ["lookup-p95", "subscription-sync"],
            report.Objectives.Where(o => o.Attainment == Attainment.Missed).Select(o => o.Objective.Id)
        );
    }

    [Fact]
    public async Task A_silent_day_is_unknown_and_its_budget_too()
    {
        var report = await ReadAsync(await ProductAsync(null, null));

        Assert.True(report.AllUnknown);
        Assert.All(report.Day, d => Assert.Equal(BudgetUnknown.NoRows, d.Unknown));
        Assert.IsType<Exhaustion.Unknown>(report.Exhaustion);
    }

    [Fact]
    public async Task Rows_before_the_last_24_hours_and_after_now_do_not_count()
    {
        var product = await ProductAsync(0.001, 0.001);
        await ExecuteAsync(
            product,
            "insert into slo_error_budget values ('lookup_availability', @early, 50), ('lookup_availability', @late, "
                + "50)",
            new { early = at.AddHours(-24).AddSeconds(-1).ToUniversalTime(), late = at.AddSeconds(1).ToUniversalTime() }
        );

        Assert.Equal(0.1, (await ReadAsync(product)).Day[0].Minutes ?? 0, 1e-6);
    }

    [Fact]
    public async Task With_the_products_database_away_the_promises_still_come()
    {
        await world.WriteAsync(new WorldSeries(at, new Hour()).Build(), Token);
        var report = await ReadAsync("Host=127.0.0.1;Port=1;Username=x;Database=x");

        Assert.Equal([BudgetUnknown.Unreachable, BudgetUnknown.Unreachable], report.Day.Select(d => d.Unknown));
        Assert.All(report.Day, d => Assert.Null(d.Minutes));
        Assert.All(report.Objectives, o => Assert.Equal(Attainment.Met, o.Attainment));
    }

    [Fact]
    public async Task A_database_that_accepts_and_says_nothing_is_waited_for_no_longer_than_the_deadline()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var watch = Stopwatch.StartNew();

        var report = await ReadAsync(
            $"Host=127.0.0.1;Port={((IPEndPoint)mute.LocalEndpoint).Port};Username=x;Database=x;Timeout=60"
        );

        Assert.All(report.Day, d => Assert.Equal(BudgetUnknown.Timeout, d.Unknown));
        Assert.InRange(
            watch.Elapsed,
            BudgetTable.Patience - TimeSpan.FromSeconds(1),
            BudgetTable.Patience + TimeSpan.FromSeconds(10)
        );
    }

    [Fact]
    public async Task A_table_of_another_shape_is_an_unreadable_answer()
    {
        var product = await ProductAsync(0, 0);
        await ExecuteAsync(product, "alter table slo_error_budget rename column error_minutes to minutes", new { });

        Assert.All((await ReadAsync(product)).Day, d => Assert.Equal(BudgetUnknown.BadAnswer, d.Unknown));
    }

    [Fact]
    public async Task With_Prometheus_away_the_days_minutes_still_come()
    {
        var report = await ReadAsync(
            await ProductAsync(0.001, 0.002),
            new StandInPrometheus(_ => new PrometheusAnswer.Unreachable("away"))
        );

        Assert.All(report.Objectives.Concat(report.Agreements), o => Assert.Equal(Attainment.Unknown, o.Attainment));
        Assert.Equal(0.1, report.Day[0].Minutes ?? 0, 1e-6);
        Assert.False(report.AllUnknown);
    }

    [Fact]
    public async Task Every_query_is_asked_before_any_is_answered()
    {
        var product = await ProductAsync(0, 0);
        var alone = new StandInPrometheus(_ => new PrometheusAnswer.Scalar(1));
        await ReadAsync(product, alone);
        var together = new StandInPrometheus(_ => new PrometheusAnswer.Scalar(1)) { WaitFor = alone.Asked.Count };
        await ReadAsync(product, together);

        Assert.Equal(alone.Asked.Count, together.Asked.Count);
        Assert.DoesNotContain(together.Asked, asked => asked.Query.Contains('$', StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_statement_can_be_pasted_into_psql_as_it_is()
    {
        var product = await ProductAsync(null, null);
        await ExecuteAsync(product, content.Slo.Budget.Day.Statement, new { });
    }

    private async Task<SloReport> ReadAsync(string product, IPrometheus? prometheus = null)
    {
        await using var source = NpgsqlDataSource.Create(product);
        var table = new BudgetTable(new ProductDatabase(source), NullLogger<BudgetTable>.Instance);
        return await new SloDesk(
            prometheus ?? world.Prometheus,
            table,
            new RunbookHolder("", content),
            new FakeTimeProvider(at)
        ).ReadAsync(Token);
    }

    // A hundred rows of five minutes, the last one five minutes old; read by the bot's own role.
    private async Task<string> ProductAsync(double? lookup, double? regenerate)
    {
        var databases = await postgres.TakeAsync(Token);
        foreach (
            var (metric, minutes) in new[] { ("lookup_availability", lookup), ("regenerate_availability", regenerate) }
        )
        {
            if (minutes is { } each)
            {
                await ExecuteAsync(
                    databases.ProductOwner,
                    "insert into slo_error_budget select @metric, @at::timestamptz - n * interval '5 minutes', @each "
                        + "from generate_series(1, 100) n",
                    new
                    {
                        metric,
                        at = at.ToUniversalTime(),
                        each,
                    }
                );
            }
        }

        owner = databases.ProductOwner;
        return databases.ProductOps;
    }

    private string owner = "";

    private async Task ExecuteAsync(string connection, string sql, object parameters)
    {
        await using var source = NpgsqlDataSource.Create(
            sql.StartsWith("alter", StringComparison.Ordinal) || sql.StartsWith("insert", StringComparison.Ordinal)
                ? (owner.Length > 0 ? owner : connection)
                : connection
        );
        await using var open = await source.OpenConnectionAsync(Token);
        await open.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: Token));
    }
}
