using Glancy.Bot.Tests.Crash;
using Npgsql;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// What can never be worked on: it ends, the person is told what became of it, and nobody else waits for it.
/// </summary>
public sealed class SlackPoisonTests(ChannelWorld house) : IClassFixture<ChannelWorld>
{
    private const string Nothing = "不会再试，没有改动任何东西";

    // The database takes no answer of wu's, except the words that it was given up.
    private const string Poison = $$"""
        create function glancy.poison() returns trigger language plpgsql as $body$
        begin
          if new.person = '{{ChannelWorld.Wu}}' and new.answers is distinct from old.answers
              and new.answers not like '%glancy status%' then
            raise exception 'poison';
          end if;
          return new;
        end $body$;
        create trigger poison before update on glancy.slack_inbox for each row execute function glancy.poison();
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fails_or_hangs_each_time_is_given_up_and_the_person_is_told_that_nothing_was_done()
    {
        foreach (var person in new[] { ChannelWorld.Wu, ChannelWorld.Lin, ChannelWorld.Mei })
        {
            var heard = house.Told(person).Count;
            await house.SayAsync(person, "/glancy oncall", Token);
            await house.AnswerAsync(person, heard, Token);
        }

        var (wu, lin, mei) = (
            house.Told(ChannelWorld.Wu).Count,
            house.Told(ChannelWorld.Lin).Count,
            house.Told(ChannelWorld.Mei).Count
        );
        await house.BotAsync(Poison, Token);
        await using var other = new NpgsqlConnection(house.World.Databases.BotMigrator);
        await other.OpenAsync(Token);
        await using (var held = await other.BeginTransactionAsync(Token))
        {
            await using (
                var command = new NpgsqlCommand("lock table glancy.follow_up in access exclusive mode", other, held)
            )
            {
                await command.ExecuteNonQueryAsync(Token);
            }

            await house.SayAsync(ChannelWorld.Wu, "/glancy oncall", Token);
            await house.SayAsync(ChannelWorld.Lin, "/glancy handover show", Token);
            await house.SayAsync(ChannelWorld.Mei, "/glancy handover add \"poison\"", Token);

            // Nobody else waits for it.
            await house.SayAsync(ChannelWorld.Mei, "/glancy oncall", Token);
            Assert.Contains("林晓", await house.AnswerAsync(ChannelWorld.Mei, mei, Token), StringComparison.Ordinal);

            Assert.True(
                await Wait.TryUntilAsync(
                    () =>
                        house.Told(ChannelWorld.Wu).Count > wu
                        && house.Told(ChannelWorld.Lin).Count > lin
                        && house.Told(ChannelWorld.Mei).Count > mei + 1,
                    TimeSpan.FromSeconds(120),
                    Token
                ),
                $"everybody is told; there is: {await WaitingAsync()}"
            );
            await held.RollbackAsync(Token);
        }

        Assert.Contains(Nothing, house.Told(ChannelWorld.Wu)[^1], StringComparison.Ordinal);
        Assert.Contains(Nothing, house.Told(ChannelWorld.Lin)[^1], StringComparison.Ordinal);

        // What changes something is not tried twice.
        Assert.Contains("glancy run list", house.Told(ChannelWorld.Mei)[^1], StringComparison.Ordinal);
        Assert.Equal("0", await house.BotAsync("select count(*) from glancy.follow_up where words = 'poison'", Token));

        await Wait.UntilAsync(async () => await WaitingAsync() == "", "nothing of it waits any more", Token);
        Assert.Equal("5", await house.BotAsync("select max(attempts) from glancy.slack_inbox", Token));
        await Wait.UntilAsync(
            () =>
                house
                    .Logged()
                    .Count(line =>
                        line.Contains("it is given up, and the person is told", StringComparison.Ordinal)
                        && line.Contains("\"Tries\":5", StringComparison.Ordinal)
                    ) == 2,
            "both are logged",
            Token
        );
        Assert.Equal(
            (wu + 1, lin + 1, mei + 2),
            (house.Told(ChannelWorld.Wu).Count, house.Told(ChannelWorld.Lin).Count, house.Told(ChannelWorld.Mei).Count)
        );
    }

    private Task<string> WaitingAsync() =>
        house.BotAsync(
            "select coalesce(string_agg(id || ' of ' || person || ' after ' || attempts, ', '), '') from "
                + "glancy.slack_inbox where finished_at is null",
            Token
        );
}
