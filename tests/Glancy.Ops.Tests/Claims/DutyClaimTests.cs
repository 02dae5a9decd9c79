using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Procedures;
using Glancy.QueueTests;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Tests.Claims;

/// <summary>What one replica does for all, again and again.</summary>
public sealed class DutyClaimTests(PostgresFixture postgres) : ClaimPromises
{
    private readonly List<string> duties = [];
    private OpsHouse? house;

    protected override BotDatabase Database => House.Get<BotDatabase>();

    protected override string Connection => House.Get<IOptions<ReplicaOptions>>().Value.Database;

    protected override ClaimTable Queue => LeaderClaims.Queue;

    private OpsHouse House => house ?? throw new InvalidOperationException("no house");

    public override async ValueTask InitializeAsync() => house = await OpsHouse.BuildAsync(postgres, Token);

    public override ValueTask DisposeAsync() => House.DisposeAsync();

    [Fact]
    public async Task What_comes_round_is_never_given_up_and_rests_no_longer_than_its_bound()
    {
        var poison = await PutAsync();
        for (var i = 0; i < 20; i++)
        {
            await FailAsync(await TakeAsync("a", Lease), "boom");
            await PassAsync(poison);
        }

        await FailAsync(await TakeAsync("a", Lease), "boom");
        Assert.InRange(
            await RestAsync(poison),
            Queue.LongestWait.TotalSeconds * 0.5,
            Queue.LongestWait.TotalSeconds * 1.3
        );
    }

    [Fact]
    public async Task Who_has_it_renews_it_by_asking_again_and_it_stays_the_same_claim()
    {
        await PutAsync();
        var leaders = House.Get<LeaderClaims>();
        var held = await leaders.HoldAsync(duties[0], "a", Lease, Token);

        Assert.Equal(held, await leaders.HoldAsync(duties[0], "a", Lease, Token));
        Assert.Null(await leaders.HoldAsync(duties[0], "b", Lease, Token));
    }

    protected override async Task<string> PutAsync()
    {
        duties.Add($"duty-{duties.Count}");
        await Database.ExecuteAsync(
            "insert into glancy.duty (name, owner) values (@duty, '')",
            new { duty = duties[^1] },
            Token
        );
        return duties[^1];
    }

    protected override async Task<TakenItem?> TakeAsync(string owner, TimeSpan lease)
    {
        var leaders = House.Get<LeaderClaims>();
        foreach (var duty in duties)
        {
            if (await leaders.HoldAsync(duty, owner, lease, Token) is { } held)
            {
                return new TakenItem(
                    duty,
                    held.Claim.Attempts,
                    () => leaders.LookedAsync(held, House.Now, Token),
                    trouble => leaders.FailedAsync(held, trouble, Token)
                );
            }
        }

        return null;
    }

    protected override Task<IReadOnlyList<(string Key, string Trouble)>> GivenUpAsync() =>
        Task.FromResult<IReadOnlyList<(string, string)>>([]);

    protected override Task TakeUpAsync(string key) => throw new InvalidOperationException("It was never given up.");
}
