namespace Glancy.Bot;

/// <summary>
/// Begins a replica's own work - runs, rounds, the outbox - once its doors are open, and a moment later: what knocks
/// first is answered first. Work that fails ends the replica, as the host's own would.
/// </summary>
internal sealed class WorkAfterDoors(IServiceProvider services, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const string Key = "after the doors";
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);
    private readonly List<IHostedService> begun = [];

    /// <summary>Takes over whatever has been registered until now.</summary>
    public static void TakeOver(IServiceCollection registered)
    {
        foreach (var work in registered.Where(s => s.ServiceType == typeof(IHostedService) && IsOurs(s)).ToList())
        {
            registered.Remove(work);
            registered.Add(
                work.ImplementationFactory is { } make
                    ? new ServiceDescriptor(typeof(IHostedService), Key, (provider, _) => make(provider), work.Lifetime)
                    : new ServiceDescriptor(
                        typeof(IHostedService),
                        Key,
                        work.ImplementationType ?? throw new InvalidOperationException($"{work} cannot be taken over."),
                        work.Lifetime
                    )
            );
        }

        registered.AddHostedService<WorkAfterDoors>();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(begun.AsEnumerable().Reverse().Select(work => work.StopAsync(cancellationToken)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var open = new TaskCompletionSource();
        await using (lifetime.ApplicationStarted.Register(open.SetResult))
        {
            await open.Task.WaitAsync(stoppingToken);
        }

        await Task.Delay(Moment, stoppingToken);
        foreach (var work in services.GetKeyedServices<IHostedService>(Key))
        {
            begun.Add(work);
            await work.StartAsync(stoppingToken);
        }

        var running = begun.OfType<BackgroundService>().Select(work => work.ExecuteTask).OfType<Task>().ToList();
        running.Add(GiveBackAsync(stoppingToken));
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running).WaitAsync(stoppingToken);
            running.Remove(ended);
            await ended;
        }
    }

    // What a start leaves behind goes once; nearly all of it was for the start alone.
    private static async Task GiveBackAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Settled, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private static bool IsOurs(ServiceDescriptor service) =>
        (service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType)?.Assembly.GetName().Name
            is { } assembly
        && assembly.StartsWith(nameof(Glancy), StringComparison.Ordinal);
}
