using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Slack.Page.Panel;

/// <summary>A world's own verbs.</summary>
internal sealed class WorldControls(World world) : IControls
{
    public DateTimeOffset Now => world.Clock.Now;

    public double Rate => world.Clock.Rate;

    public IReadOnlyList<FaultSwitch> ProductFaults
    {
        get
        {
            var on = world.FaultsOn;
            return
            [
                .. Faults.Catalogue.Select(f => new FaultSwitch(
                    f.Name,
                    f.Does,
                    f.Shows,
                    f.Cure,
                    on.ContainsKey(f.Name)
                )),
            ];
        }
    }

    public IReadOnlyList<FaultSwitch> SlackFaults
    {
        get
        {
            var on = world.Slack.Faults.On;
            return
            [
                .. SlackTroubles.All.Select(t => new FaultSwitch(
                    t.Name,
                    t.Does,
                    "",
                    "",
                    on.Any(f => f.Kind == t.Fault.Kind)
                )),
            ];
        }
    }

    public IReadOnlyList<ReplicaLight> Replicas =>
        [.. world.Replicas.Select(r => new ReplicaLight(r.Place.Id, r.IsAlive))];

    public Task SetRateAsync(double rate, CancellationToken cancellationToken) =>
        world.SetRateAsync(rate, cancellationToken);

    public Task AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        world.AdvanceAsync(duration, cancellationToken);

    public Task JumpAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        world.JumpAsync(duration, cancellationToken);

    public void SetProductFault(string name, bool on) => _ = on ? world.FaultOn(name) : world.FaultOff(name);

    public Task SetSlackFaultAsync(string name, bool on, CancellationToken cancellationToken)
    {
        var fault = SlackTroubles.Find(name);
        return on
            ? world.Slack.FaultOnAsync(fault, cancellationToken)
            : world.Slack.FaultOffAsync(fault.Kind, cancellationToken);
    }

    public Task KillAsync(string replica, CancellationToken cancellationToken) => world.KillReplicaAsync(replica);

    public Task StartAsync(string replica, CancellationToken cancellationToken) =>
        world.StartReplicaAsync(replica, cancellationToken);
}
