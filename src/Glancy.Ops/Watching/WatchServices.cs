using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Watching;

/// <summary>What looks at the lights and at the versions by itself.</summary>
internal static class WatchServices
{
    public static IServiceCollection AddWatching(this IServiceCollection services)
    {
        services
            .AddSingleton<StandingVerbs>()
            .AddSingleton<RunbookFiles>()
            .AddSingleton<ToldTime>()
            .AddSingleton<VersionLook>()
            .AddHostedService<VersionDuty>();
        services
            .AddSingleton<RedLights>()
            .AddSingleton<DeadLetterDesk>()
            .AddSingleton<ChangesBefore>()
            .AddSingleton<DraftContexts>()
            .AddSingleton<DraftWords>()
            .AddSingleton<EpisodeDrafts>()
            .AddSingleton<RollbackDrafts>()
            .AddSingleton<NobodysLights>()
            .AddSingleton<HookWatcher>()
            .AddRecurringJob<WatchJob>();
        return services;
    }
}
