using System.Globalization;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Npgsql;

namespace Glancy.Ops.Tests.Audit;

/// <summary>Searches find what a look at every event finds, in whatever order of times they were written.</summary>
public sealed class AuditSearchTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Begin = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Searches_find_what_a_look_at_all_finds_whatever_the_clock_did(int seed)
    {
        var databases = await postgres.TakeAsync(Token);
        await using var source = NpgsqlDataSource.Create(databases.BotRuntime);
        var clock = new HandClock { Now = Begin };
        var log = new AuditLog(new BotDatabase(source), clock, new NoAnchors());
        var random = new Random(seed);
        for (var i = 0; i < 150; i++)
        {
            // Mostly on, sometimes a little back, seldom far away in either direction.
            clock.Now += random.Next(20) switch
            {
                0 => TimeSpan.FromHours(random.Next(-80, 80)),
                < 6 => TimeSpan.FromSeconds(-random.Next(700)),
                _ => TimeSpan.FromSeconds(random.Next(900)),
            };
            await log.AppendAsync(
                new AuditEntry($"w{random.Next(4)}", random.Next(2) == 0 ? "on" : "off", "lamp")
                {
                    Run = random.Next(3) == 0 ? $"R-{random.Next(5)}" : null,
                    After = random.Next(9).ToString(CultureInfo.InvariantCulture),
                },
                Token
            );
        }

        var all = await log.SearchAsync(new AuditQuery(Limit: 500), Token);
        Assert.Equal(150, all.Count);
        for (var i = 0; i < 150; i++)
        {
            var (from, to) = (Some(), Some());
            var query = new AuditQuery(
                random.Next(6) == 0 ? "\"after\": \"7\"" : null,
                random.Next(3) == 0 ? $"w{random.Next(5)}" : null,
                random.Next(3) == 0 ? "off" : null,
                random.Next(4) == 0 ? $"R-{random.Next(6)}" : null,
                random.Next(2) == 0 ? from : null,
                random.Next(2) == 0 ? to : null,
                random.Next(1, 60),
                random.Next(3) == 0 ? random.Next(1, 160) : null
            );
            var expected = all.Where(e =>
                    (query.Actor ?? e.Actor) == e.Actor
                    && (query.Action ?? e.Action) == e.Action
                    && (query.Run is null || query.Run == e.Run)
                    && !(e.At < query.From)
                    && !(e.At >= query.To)
                    && !(e.Seq >= query.BeforeSeq)
                    && (query.Text is null || e.After == "7")
                )
                .Take(query.Limit)
                .Select(e => e.Seq);
            Assert.Equal(expected, (await log.SearchAsync(query, Token)).Select(e => e.Seq));
        }

        DateTimeOffset Some() => all[random.Next(all.Count)].At.AddSeconds(random.Next(-900, 900));
    }

    [Fact]
    public async Task A_text_is_found_wherever_it_is_whatever_was_noted_of_it()
    {
        var databases = await postgres.TakeAsync(Token);
        await using var source = NpgsqlDataSource.Create(databases.BotRuntime);
        var database = new BotDatabase(source);
        var (log, random) = (new AuditLog(database, new HandClock { Now = Begin }, new NoAnchors()), new Random(4));
        string[] words = ["Train", "回滚", "先停一停", "100%", "a\"b", "Ünder", "x_y", "kelvin \u212a", "de f", "Ж"];
        await database.InTransactionAsync(
            async transaction =>
            {
                for (var i = 0; i < 2_300; i++)
                {
                    // The first ones have words of their own: what is only there must be found by what was noted.
                    var (word, rare) = (words[random.Next(i < 700 ? words.Length : 2)], i is 3 or 511 or 512 or 640);
                    await log.AppendAsync(
                        transaction,
                        new AuditEntry("w" + i % 3, "on", rare ? "einzig " + word : "lamp") { After = word }
                    );
                }

                return true;
            },
            Token
        );

        foreach (var noted in (int[])[0, 2, 2, 2])
        {
            await new AuditWords(database).GoAsync(noted, Token);
            foreach (
                var text in (string[])
                    [.. words, "EINZIG", "einzig lamp", "nowhere", "回", "Kelvin K", "ü", "ж", "停一", "n"]
            )
            {
                foreach (var before in (long?[])[null, 2_000, 600])
                {
                    var query = new AuditQuery(text, "w1", Limit: 40, BeforeSeq: before);
                    var expected = await database.QueryAsync<long>(
                        """
                        select seq from glancy.audit
                         where document ->> 'actor' = 'w1' and strpos(lower(document::text), lower(@text)) > 0
                          and seq < @before order by seq desc limit 40
                        """,
                        new
                        {
                            text = text.Replace("\"", "\\\"", StringComparison.Ordinal),
                            before = before ?? long.MaxValue,
                        },
                        Token
                    );
                    query = query with { Text = text.Replace("\"", "\\\"", StringComparison.Ordinal) };
                    Assert.Equal(expected, (await log.SearchAsync(query, Token)).Select(e => e.Seq));
                }
            }
        }
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class NoAnchors : IAuditAnchors
    {
        public Task<IReadOnlyList<AuditHead>?> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AuditHead>?>([]);
    }
}
