namespace Glancy.Sandbox.Slack.Page.Panel;

/// <summary>The world behind the page, as far as somebody at the page may move it.</summary>
public interface IControls
{
    DateTimeOffset Now { get; }

    /// <summary>World seconds per real second; 0 when paused.</summary>
    double Rate { get; }

    IReadOnlyList<FaultSwitch> ProductFaults { get; }

    /// <summary>What Slack itself can be made to do wrong.</summary>
    IReadOnlyList<FaultSwitch> SlackFaults { get; }

    IReadOnlyList<ReplicaLight> Replicas { get; }

    Task SetRateAsync(double rate, CancellationToken cancellationToken);

    /// <summary>Lives through a time; the bots do what is due.</summary>
    Task AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Leaps over a time.</summary>
    Task JumpAsync(TimeSpan duration, CancellationToken cancellationToken);

    void SetProductFault(string name, bool on);

    Task SetSlackFaultAsync(string name, bool on, CancellationToken cancellationToken);

    Task KillAsync(string replica, CancellationToken cancellationToken);

    Task StartAsync(string replica, CancellationToken cancellationToken);
}

/// <param name="Shows">Where it is seen; empty when nothing is said of it.</param>
/// <param name="Cure">What a person does about it; empty when nothing is said of it.</param>
public sealed record FaultSwitch(string Name, string Does, string Shows, string Cure, bool On);

public sealed record ReplicaLight(string Id, bool Alive);
