using System.Globalization;
using Glancy.Bot.Tests.Slack.Rows;
using Glancy.Ops.Kernel.Database;
using Glancy.QueueTests;

namespace Glancy.Bot.Tests.Slack.Claims;

/// <summary>The promises, asked of a queue of the Slack door.</summary>
public abstract class SlackQueuePromises(RowsHouse house) : GivenUpPromises, IClassFixture<RowsHouse>
{
    protected RowsHouse House => house;

    protected abstract IDeadLetters Letters { get; }

    protected override BotDatabase Database => house.Database;

    protected override string Connection => house.Connection;

    public override async ValueTask InitializeAsync() => await house.AnewAsync(Token);

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected override async Task<IReadOnlyList<(string Key, string Trouble)>> GivenUpAsync()
    {
        var letters = await Letters.ListAsync(10, Token);
        Assert.Equal(letters.Count, await Letters.CountAsync(Token));
        return [.. await Task.WhenAll(letters.Select(async l => (await KeyAsync(l.Number), l.Trouble)))];
    }

    protected override async Task TakeUpAsync(string key)
    {
        var letter = Assert.Single(await Letters.ListAsync(10, Token));
        Assert.Equal(key, await KeyAsync(letter.Number));
        Assert.True(
            await Database.InTransactionAsync(transaction => Letters.TakeUpAsync(transaction, letter.Number), Token)
        );
    }

    /// <summary>The key of the row that people know by a number.</summary>
    protected virtual async Task<string> KeyAsync(long number) =>
        await house.SqlAsync(
            string.Create(CultureInfo.InvariantCulture, $"select key from glancy.notice where id = {number}"),
            Token
        );
}
