using Glancy.Ops.Hooks.Actions;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Hooks.History;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Hooks;

/// <summary>The lights, and what has been red.</summary>
internal static class HookServices
{
    public static IServiceCollection AddHooks(this IServiceCollection services)
    {
        services
            .AddSingleton<HookReader>()
            .AddSingleton<HookSeriesReader>()
            .AddSingleton<HookSnapshots>()
            .AddSingleton<Recovery>()
            .AddSingleton<EpisodeStore>();
        services.AddSingleton<IOldRows>(provider => provider.GetRequiredService<HookSnapshots>());
        services.AddSingleton<IEpisodes>(provider => provider.GetRequiredService<EpisodeStore>());
        services.AddSingleton<IHookLight, HookLight>().AddSingleton<IGuard, LightsGuard>();
        services.AddAction<HookExpect>();
        return services;
    }
}
