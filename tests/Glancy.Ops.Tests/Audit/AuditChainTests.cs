using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Sandbox.Postgres;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Glancy.Ops.Tests.Audit;

public sealed class AuditChainTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixteen_writers_leave_no_gap_and_an_intact_chain()
    {
        await using var chain = await ChainAsync();
        const int Each = 25;

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async writer =>
                {
                    for (var i = 0; i < Each; i++)
                    {
                        // Some transactions roll back after they took their number; it must not leave a hole.
                        if (i % 5 == 4)
                        {
                            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                                chain.Database.InTransactionAsync(
                                    async transaction =>
                                    {
                                        await chain.Log.AppendAsync(transaction, Entry($"w{writer}", i));
                                        throw new InvalidOperationException("rolled back");
                                    },
                                    Token
                                )
                            );
                        }
                        else
                        {
                            await chain.Log.AppendAsync(Entry($"w{writer}", i), Token);
                        }
                    }
                })
        );

        var verdict = await chain.Log.VerifyAsync(Token);
        Assert.True(verdict.Intact, string.Join(", ", verdict.Faults));
        Assert.Equal(16 * 20, verdict.Events);
        Assert.Equal(16 * 20, (await chain.Log.HeadAsync(Token))?.Seq);
    }

    [Theory]
    [InlineData(
        "update glancy.audit set body = convert_to(replace(convert_from(body, 'UTF8'), 'w0', 'w9'), 'UTF8') where "
            + "seq = 7",
        7
    )]
    [InlineData("update glancy.audit set document = jsonb_set(document, '{actor}', '\"eve\"') where seq = 7", 7)]
    [InlineData("update glancy.audit set at = at + interval '1 hour' where seq = 7", 7)]
    [InlineData("update glancy.audit set hash = sha256('x') where seq = 7", 7)]
    [InlineData("delete from glancy.audit where seq = 7", 7)]
    [InlineData("delete from glancy.audit where seq = 1", 1)]
    [InlineData(
        "with a as (select body from glancy.audit where seq = 7), b as (select body from glancy.audit where seq = 8) "
            + "update glancy.audit t set body = case t.seq when 7 then (select body from b) else (select body from "
            + "a) end where t.seq in (7, 8)",
        7
    )]
    [InlineData(
        "update glancy.audit set seq = case seq when 7 then -8 else -7 end where seq in (7, 8); update glancy.audit "
            + "set seq = -seq where seq < 0",
        7
    )]
    public async Task Every_edit_deletion_and_reorder_is_found(string tampering, long firstFault)
    {
        await using var chain = await ChainAsync();
        await chain.FillAsync(12, Token);
        Assert.True((await chain.Log.VerifyAsync(Token)).Intact);

        await chain.AsOwnerAsync(tampering, Token);

        var verdict = await chain.Log.VerifyAsync(Token);
        Assert.False(verdict.Intact);
        Assert.Equal(firstFault, verdict.Faults.Min(f => f.Seq));
    }

    [Theory]
    [InlineData("body = '[]'", "malformed")]
    [InlineData("body = '[{\"at\":1}]'", "malformed")]
    [InlineData("body = 'null'", "malformed")]
    [InlineData("body = '\"event\"'", "malformed")]
    [InlineData("body = ''", "malformed")]
    [InlineData("body = '{'", "malformed")]
    [InlineData("body = '{}'", "malformed")]
    [InlineData("body = '{\"at\":\"2025-04-18T01:20:00.000000Z\"}'", "malformed")]
    [InlineData("body = '\\xff00fe'", "malformed")]
    [InlineData("body = convert_to('{\"at\":\"', 'UTF8') || '\\xff' || convert_to('\"}', 'UTF8')", "malformed")]
    [InlineData("body = convert_to(repeat('[', 100) || repeat(']', 100), 'UTF8')", "malformed")]
    [InlineData(
        "body = convert_to(replace(convert_from(body, 'UTF8'), '\"at\":\"2025-04-18T01:20:00.000000Z\"', "
            + "'\"at\":1744939200'), 'UTF8')",
        "malformed"
    )]
    [InlineData(
        "body = convert_to(replace(convert_from(body, 'UTF8'), '\"at\":\"2025-04-18T01:20:00.000000Z\"', "
            + "'\"at\":null'), 'UTF8')",
        "malformed"
    )]
    [InlineData(
        "body = convert_to(replace(convert_from(body, 'UTF8'), '\"at\":\"2025-04-18T01:20:00.000000Z\"', "
            + "'\"at\":\"soon\"'), 'UTF8')",
        "body"
    )]
    [InlineData("body = convert_to(replace(convert_from(body, 'UTF8'), '\"w0\"', '{}'), 'UTF8')", "malformed")]
    [InlineData("body = convert_to(replace(convert_from(body, 'UTF8'), '\"w0\"', '\"\\ud800\"'), 'UTF8')", "malformed")]
    [InlineData(
        "body = convert_to(replace(convert_from(body, 'UTF8'), '\"detail\":{', '\"detail\":[],\"other\":{'), 'UTF8')",
        "malformed"
    )]
    [InlineData("body = convert_to(replace(convert_from(body, 'UTF8'), '\"actor\"', E'\\n\"actor\"'), 'UTF8')", "hash")]
    [InlineData("document = '[]'", "body")]
    [InlineData("document = '7'", "body")]
    [InlineData("at = 'infinity'", "body")]
    [InlineData("at = '-infinity'", "body")]
    [InlineData("at = '4713-01-01 BC'", "body")]
    [InlineData("at = '20000-01-01'", "body")]
    [InlineData("hash = ''", "hash")]
    public async Task A_row_of_whatever_shape_is_found_and_named_and_the_others_can_be_read(string wrong, string code)
    {
        await using var chain = await ChainAsync();
        await chain.FillAsync(4, Token);
        await chain.AsOwnerAsync($"update glancy.audit set {wrong} where seq = 3", Token);

        var verdict = await chain.Log.VerifyAsync(Token);
        Assert.Equal((false, 4), (verdict.Intact, verdict.Events));
        Assert.Contains(new AuditFault(3, code), verdict.Faults);
        Assert.All(verdict.Faults, f => Assert.InRange(f.Seq, 3, 4));

        Assert.Equal([4, 3, 2, 1], (await chain.Log.SearchAsync(new AuditQuery(), Token)).Select(e => e.Seq));
        var lines = new List<string>();
        await foreach (var line in chain.Log.ExportAsync(Token))
        {
            lines.Add(line);
        }

        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.All(lines, line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    [Theory]
    [InlineData("'{'", "ew==")]
    [InlineData("convert_to('{\"at\":\"', 'UTF8') || '\\xff' || convert_to('\"}', 'UTF8')", "eyJhdCI6Iv8ifQ==")]
    public async Task What_is_no_event_is_exported_byte_by_byte(string body, string bytes)
    {
        await using var chain = await ChainAsync();
        await chain.FillAsync(1, Token);
        await chain.AsOwnerAsync($"update glancy.audit set body = {body}", Token);

        await foreach (var line in chain.Log.ExportAsync(Token))
        {
            Assert.EndsWith($",\"unreadable\":\"{bytes}\"}}", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_cut_at_or_before_the_last_anchor_is_found_and_none_after_it_is_claimed()
    {
        for (var keep = 1; keep <= 12; keep++)
        {
            await using var chain = await ChainAsync();
            await chain.FillAsync(8, Token);
            await chain.AnchorAsync(Token);
            await chain.FillAsync(4, Token);

            await chain.AsOwnerAsync($"delete from glancy.audit where seq > {keep}", Token);

            var verdict = await chain.Log.VerifyAsync(Token);
            Assert.Equal(keep >= 8, verdict.Intact);
            Assert.Equal(8, verdict.AnchoredThrough);
        }
    }

    [Fact]
    public async Task A_tail_cut_and_written_anew_does_not_match_its_anchor()
    {
        await using var chain = await ChainAsync();
        await chain.FillAsync(8, Token);
        await chain.AnchorAsync(Token);
        await chain.AsOwnerAsync("delete from glancy.audit where seq > 5", Token);
        await chain.FillAsync(6, Token);

        var verdict = await chain.Log.VerifyAsync(Token);

        Assert.Contains(new AuditFault(8, "anchor"), verdict.Faults);
    }

    [Fact]
    public async Task Unreadable_anchors_are_said_not_taken_for_none()
    {
        await using var chain = await ChainAsync();
        await chain.FillAsync(2, Token);
        chain.Anchors.Heads = null;

        Assert.False((await chain.Log.VerifyAsync(Token)).AnchorsKnown);
    }

    [Theory]
    [InlineData("update glancy.audit set at = now()")]
    [InlineData("delete from glancy.audit")]
    [InlineData("truncate glancy.audit")]
    [InlineData("drop table glancy.audit")]
    [InlineData("alter table glancy.audit disable trigger all")]
    [InlineData(
        "create or replace function glancy.append_audit(p_at timestamptz, p_body bytea, p_document jsonb) returns "
            + "table (appended_seq bigint, appended_hash bytea) language sql as 'select 1::bigint, ''x''::bytea'"
    )]
    public async Task The_bots_role_can_not_change_what_is_written(string attempt)
    {
        await using var chain = await ChainAsync();
        await chain.FillAsync(1, Token);

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            chain.Database.ExecuteAsync(attempt, null, Token)
        );

        Assert.Equal("42501", refused.SqlState);
    }

    [Fact]
    public async Task Search_finds_by_actor_run_and_text_and_pages_backwards()
    {
        await using var chain = await ChainAsync();
        await chain.FillAsync(30, Token);
        await chain.Log.AppendAsync(
            new AuditEntry("lin", "run-confirm", "rollback")
            {
                Run = "R-5",
                Detail = new Dictionary<string, string> { ["reason"] = "百分号 100% _" },
            },
            Token
        );

        Assert.Equal("lin", Assert.Single(await chain.Log.SearchAsync(new AuditQuery(Run: "R-5"), Token)).Actor);
        Assert.Single(await chain.Log.SearchAsync(new AuditQuery(Text: "100% _"), Token));
        var page = await chain.Log.SearchAsync(new AuditQuery(Actor: "w0", Limit: 10), Token);
        var next = await chain.Log.SearchAsync(new AuditQuery(Actor: "w0", Limit: 10, BeforeSeq: page[^1].Seq), Token);
        Assert.Equal(page[^1].Seq - 1, next[0].Seq);
    }

    private static AuditEntry Entry(string actor, int i) =>
        new(actor, "test", $"target-{i}")
        {
            Before = "a",
            After = "b",
            Detail = new Dictionary<string, string> { ["i"] = "第" + i },
        };

    private async Task<Chain> ChainAsync() => new(await postgres.TakeAsync(Token));

    private sealed class Chain : IAsyncDisposable
    {
        private readonly NpgsqlDataSource source;
        private readonly WorldDatabases databases;

        public Chain(WorldDatabases databases)
        {
            this.databases = databases;
            source = NpgsqlDataSource.Create(databases.BotRuntime + ";Maximum Pool Size=16");
            Database = new BotDatabase(source);
            Log = new AuditLog(
                Database,
                new FakeTimeProvider(new DateTimeOffset(2025, 4, 18, 1, 20, 0, TimeSpan.Zero)),
                Anchors
            );
        }

        public BotDatabase Database { get; }

        public AuditLog Log { get; }

        public KeptAnchors Anchors { get; } = new();

        public async Task FillAsync(int count, CancellationToken cancellationToken)
        {
            for (var i = 0; i < count; i++)
            {
                await Log.AppendAsync(Entry("w0", i), cancellationToken);
            }
        }

        public async Task AnchorAsync(CancellationToken cancellationToken) =>
            Anchors.Heads?.Add(
                await Log.HeadAsync(cancellationToken) ?? throw new InvalidOperationException("Nothing to anchor.")
            );

        public async Task AsOwnerAsync(string sql, CancellationToken cancellationToken)
        {
            await using var owner = NpgsqlDataSource.Create(databases.BotMigrator + ";Pooling=false");
            await using var command = owner.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => source.DisposeAsync();
    }

    private sealed class KeptAnchors : IAuditAnchors
    {
        public List<AuditHead>? Heads { get; set; } = [];

        public Task<IReadOnlyList<AuditHead>?> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AuditHead>?>(Heads);
    }
}
