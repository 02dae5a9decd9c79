using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Incidents;
using Glancy.Ops.Tests.Incidents.Outcalls;
using Glancy.Ops.Tests.Procedures;
using Glancy.QueueTests;
using Glancy.Runbook.Escalation;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Tests.Claims;

/// <summary>What is told outside.</summary>
public sealed class OutcallClaimTests(PostgresFixture postgres) : GivenUpPromises
{
    private StandInOutside? outside;
    private OpsHouse? house;
    private Kernel.Database.Claims? claims;

    protected override BotDatabase Database => House.Get<BotDatabase>();

    protected override string Connection => House.Get<IOptions<ReplicaOptions>>().Value.Database;

    protected override ClaimTable Queue => OutcallRows.Queue;

    private OpsHouse House => house ?? throw new InvalidOperationException("no house");

    private Kernel.Database.Claims Claims => claims ??= new Kernel.Database.Claims(Database, Queue);

    private IDeadLetters Letters => House.Get<IEnumerable<IDeadLetters>>().Single(l => l.Queue == "call");

    public override async ValueTask InitializeAsync()
    {
        outside = await StandInOutside.StartAsync(Token);
        house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.Ours, Token, false, null, "Sms");
    }

    public override async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await (outside?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected override async Task<string> PutAsync()
    {
        await House.OpenAsync(Severity.Sev1, Token);
        return (await Database.QueryAsync<string>("select max(id)::text from glancy.outcall", null, Token))[0];
    }

    protected override async Task<TakenItem?> TakeAsync(string owner, TimeSpan lease) =>
        await OutcallRows.TakeAsync(Claims, owner, lease, Token) is not { } call
            ? null
            : new TakenItem(
                call.Held.Key,
                call.Held.Attempts,
                () =>
                    Database.InTransactionAsync(
                        transaction => OutcallRows.EndAsync(transaction, call, "delivered", null),
                        Token
                    ),
                trouble => House.Get<OutcallDelivery>().FailedAsync(call, trouble, Token)
            );

    protected override async Task<IReadOnlyList<(string Key, string Trouble)>> GivenUpAsync() =>
        [
            .. (await Letters.ListAsync(10, Token)).Select(l =>
                (l.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), l.Trouble)
            ),
        ];

    protected override async Task TakeUpAsync(string key) =>
        Assert.True(
            await Database.InTransactionAsync(
                transaction =>
                    Letters.TakeUpAsync(
                        transaction,
                        long.Parse(key, System.Globalization.CultureInfo.InvariantCulture)
                    ),
                Token
            )
        );
}
