using Glancy.Ops.Handovers;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Handovers;

/// <summary>What tests of the change of shift say and look at.</summary>
internal static class HandoverHouse
{
    /// <summary>
    /// 19:00 in Shanghai on the day on which every house begins: Lin and Wu leave, Chen and Zhao come.
    /// </summary>
    public static readonly DateTimeOffset Evening = new(2025, 4, 18, 11, 0, 0, TimeSpan.Zero);

    /// <summary>A house whose bot knows the day shift, at the instant at which the night shift begins.</summary>
    public static async Task<OpsHouse> AtEveningAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        var house = await OpsHouse.BuildAsync(postgres, cancellationToken);
        await house.GoAsync(cancellationToken);
        house.AdvanceTo(Evening);
        await house.GoAsync(cancellationToken);
        return house;
    }

    public static Task GoAsync(this OpsHouse house, CancellationToken cancellationToken) =>
        house.Get<HandoverJob>().GoAsync(cancellationToken);

    public static Task<HandoverOutcome> AcceptAsync(
        this OpsHouse house,
        string person,
        CancellationToken cancellationToken
    ) => house.Get<HandoverDesk>().AcceptAsync(house.Person(person), cancellationToken);

    public static async Task<string> HolderAsync(
        this OpsHouse house,
        string role,
        CancellationToken cancellationToken
    ) => Assert.Single((await house.Get<DutyRoster>().HoldersAsync(house.Now, cancellationToken)).Holders[role]).Id;

    public static async Task<IReadOnlyList<Notice>> SaidAsync(
        this OpsHouse house,
        string template,
        CancellationToken cancellationToken
    ) => [.. (await house.Get<NoticeBoard>().ListAsync(0, 1000, cancellationToken)).Where(n => n.Template == template)];
}
