using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// Every shipped procedure as the harness plays it: the world it is drafted in, and what it must have done once.
/// </summary>
public static class ProcedureCases
{
    private const string Batch = "REL-B3";
    private const string Basic = "flag/glancy.lookup.force_basic";
    private const string BasicOn = Basic + " false to true";
    private const string RegenerateOff = "flag/glancy.regenerate.enabled true to false";
    private const string ExportsOff = "flag/glancy.exports.enabled true to false";
    private static readonly TimeSpan Windows = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Recovered = TimeSpan.FromMinutes(24);
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(36);

    /// <summary>The full rollback of §4.4, with both lights red until it has taken effect.</summary>
    public static ProcedureCase Rollback { get; } =
        new("rollback")
        {
            ArrangeAsync = async (house, cancellationToken) =>
            {
                await house.World.ResetToPromotedAsync(Batch, Faults.BadRelease, cancellationToken);
                return ["rollback", Batch, "--reason", "lookup errors rise"];
            },
            Once =
            [
                .. Once.Succeeded("rollback_stage --batch REL-B3 key R-#/execute/1", "configctl.snapshot.create"),
                .. Once.Audited(
                    ["record", "snapshot", "execute", "close-record"],
                    "rollback_stage: release.rollback REL-B3 REL-B3 active 15% to REL-B3 rolled-back 0%",
                    "rollback_stage: flag.set glancy.lookup.force_basic false to true"
                ),
                .. Once.Leases(Once.Stands(BasicOn), Once.Stands("release/prod REL-B3 15% to REL-B3 0%")),
                .. Once.Posts("announce", "announce-verified"),
                new(1, "batch row rollback REL-B3 0 verified"),
                new(1, "freeze prod by mei run #"),
                new(1, "train REL-B3 rolled-back at 0%"),
            ],
        };

    /// <summary>
    /// One rung back (§4.1): the new version cannot carry what the rung has put on it, but can carry the lower one's.
    /// </summary>
    public static ProcedureCase OneRung { get; } =
        new("rollback-one-rung")
        {
            ArrangeAsync = async (house, cancellationToken) =>
            {
                await house.World.ResetToPromotedAsync(Batch, Faults.Overload, cancellationToken);
                return ["rollback", Batch, "--way", "one-rung", "--reason", "too much for the new version"];
            },
            Once =
            [
                .. Once.Succeeded(
                    "configctl.snapshot.create",
                    "configctl.feature.set feature set glancy.plan.free.enabled false --env prod key R-#/pause/1",
                    "releasectl.stage.promote stage promote --env prod --batch REL-B2 --weight 5 key R-#/step-down/1"
                ),
                .. Once.Audited(
                    ["record", "snapshot", "pause", "step-down", "close-record"],
                    "configctl: flag.set glancy.plan.free.enabled true to false",
                    "releasectl: release.promote REL-B2 REL-B3 active 15% to REL-B2 active 5%"
                ),
                .. Once.Leases(
                    Once.Stands("flag/glancy.plan.free.enabled true to false"),
                    Once.Stands("release/prod REL-B3 15% to REL-B2 5%")
                ),
                .. Once.Posts("announce", "announce-verified"),
                new(1, "batch row rollback REL-B3 5 verified"),
                new(1, "freeze prod by mei run #"),
                new(1, "train REL-B2 active at 5%"),
                new(1, "flag glancy.plan.free.enabled=false"),
                new(1, "flag glancy.lookup.force_basic=false"),
            ],
        };

    /// <summary>The thaw of §4.4 step 6, half an hour after a rollback.</summary>
    public static ProcedureCase Thaw { get; } =
        new("thaw")
        {
            ArrangeAsync = async (house, cancellationToken) =>
            {
                await new CrashRun(house, Rollback).ThroughAsync(cancellationToken);
                await house.World.JumpAsync(Steady, cancellationToken);
                return ["release", "thaw", "--reason", "steady for half an hour"];
            },
            Once =
            [
                .. Once.Succeeded(),
                .. Once.Audited([]),
                .. Once.Leases(Once.StoodBefore(BasicOn), Once.StoodBefore("release/prod REL-B3 15% to REL-B3 0%")),
                .. Once.Posts("announce"),
                new(0, "freeze "),
                new(1, "audit step-done release.thaw thaw"),
            ],
        };

    /// <summary>The three kill switches of §2.3.</summary>
    public static ProcedureCase KillSwitch { get; } =
        new("kill-switch")
        {
            ArrangeAsync = async (house, cancellationToken) =>
            {
                await house.World.ResetToPromotedAsync(Batch, Faults.BadRelease, cancellationToken);
                return ["kill-switch", "on", "--reason", "lookup errors rise and nobody knows why"];
            },
            Once =
            [
                .. Once.Succeeded(
                    "configctl.snapshot.create",
                    "configctl.feature.set feature set glancy.lookup.force_basic true",
                    "configctl.feature.set feature set glancy.regenerate.enabled false",
                    "configctl.feature.set feature set glancy.exports.enabled false"
                ),
                .. Once.Audited(
                    ["snapshot", "force-basic", "regenerate-off", "exports-off"],
                    "configctl: flag.set glancy.lookup.force_basic false to true",
                    "configctl: flag.set glancy.regenerate.enabled true to false",
                    "configctl: flag.set glancy.exports.enabled true to false"
                ),
                .. Once.Leases(Once.Stands(BasicOn), Once.Stands(RegenerateOff), Once.Stands(ExportsOff)),
                .. Once.Posts("announce", "announce-verified"),
                new(0, "freeze "),
            ],
        };

    /// <summary>One of the kill switches goes back (§7.2.5), when what it was made for has recovered.</summary>
    public static ProcedureCase RevertSwitch { get; } =
        new("revert-switch")
        {
            ArrangeAsync = async (house, cancellationToken) =>
            {
                await new CrashRun(house, KillSwitch).ThroughAsync(cancellationToken);
                house.World.FaultOff(Faults.BadRelease);

                // Past the time of free undoing and through three good windows, so that it is always the same ground
                // it is taken back on.
                await house.World.JumpAsync(Recovered, cancellationToken);
                return
                [
                    "lease",
                    "revert",
                    await LeaseAsync(house, Basic, cancellationToken),
                    "--reason",
                    "lookups are well again",
                ];
            },
            Once =
            [
                .. Once.Succeeded(
                    "configctl.snapshot.create",
                    "configctl.feature.set feature set glancy.lookup.force_basic false --env prod key R-#/revert/1"
                ),
                .. Once.Audited(["snapshot", "revert"], "configctl: flag.set glancy.lookup.force_basic true to false"),
                .. Once.Leases(Once.TakenBack(BasicOn), Once.StoodBefore(RegenerateOff), Once.StoodBefore(ExportsOff)),
                .. Once.Posts("announce"),
            ],
        };

    /// <summary>
    /// The traffic that a rollback took goes back to the new version, mended by now. The freeze is lifted by the
    /// owner's hand: the thaw has a case of its own.
    /// </summary>
    public static ProcedureCase RevertRelease { get; } =
        new("revert-release")
        {
            ArrangeAsync = async (house, cancellationToken) =>
            {
                await new CrashRun(house, Rollback).ThroughAsync(cancellationToken);
                house.World.FaultOff(Faults.BadRelease);
                await house.LiftFreezeAsync(cancellationToken);
                await house.World.JumpAsync(Windows, cancellationToken);
                return
                [
                    "lease",
                    "revert",
                    await LeaseAsync(house, "release/prod", cancellationToken),
                    "--reason",
                    "the new version is mended",
                ];
            },
            Once =
            [
                .. Once.Succeeded(
                    "releasectl.stage.promote stage promote --env prod --batch REL-B3 --weight 15 key R-#/promote/1"
                ),
                .. Once.Audited(
                    ["record", "promote", "close-record"],
                    "releasectl: release.promote REL-B3 REL-B3 rolled-back 0% to REL-B3 active 15%"
                ),
                .. Once.Leases(Once.StoodBefore(BasicOn), Once.TakenBack("release/prod REL-B3 15% to REL-B3 0%")),
                .. Once.Posts("announce"),
                new(1, "batch row promote REL-B3 15 done"),
                new(1, "train REL-B3 active at 15%"),
            ],
        };

    /// <summary>
    /// What an SOP of §5.2 does, verified by its own lines; the others are made of the same kinds of steps.
    /// </summary>
    public static ProcedureCase ExportsAreOff { get; } =
        new("exports-off")
        {
            ArrangeAsync = async (house, cancellationToken) =>
            {
                await house.World.ResetToPromotedAsync(Batch, Faults.BadRelease, cancellationToken);
                return ["sop", "draft", "exports-off", "--reason", "exports do not get well"];
            },
            Once =
            [
                .. Once.Succeeded(
                    "configctl.snapshot.create",
                    "configctl.feature.set feature set glancy.exports.enabled false"
                ),
                .. Once.Audited(
                    ["snapshot", "exports-off"],
                    "configctl: flag.set glancy.exports.enabled true to false"
                ),
                .. Once.Leases(Once.Stands(ExportsOff)),
                .. Once.Posts("announce"),
                new(0, "freeze "),
            ],
        };

    /// <summary>In the order in which they are tortured.</summary>
    public static IReadOnlyList<ProcedureCase> All { get; } =
    [Rollback, OneRung, Thaw, RevertSwitch, RevertRelease, KillSwitch, ExportsAreOff];

    private static async Task<string> LeaseAsync(CrashWorld house, string target, CancellationToken cancellationToken)
    {
        await using var command = house.Bot.CreateCommand(
            "select 'L-' || id from glancy.lease where released_at is null and target = $1"
        );
        command.Parameters.Add(new NpgsqlParameter { Value = target });
        return await command.ExecuteScalarAsync(cancellationToken) as string
            ?? throw new InvalidOperationException($"There is no lease on {target}.");
    }
}
