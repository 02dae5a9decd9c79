using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Releases.Actions;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Releases;

/// <summary>The train, its freeze, its gates and the way back.</summary>
internal static class ReleaseServices
{
    public static IServiceCollection AddReleases(this IServiceCollection services)
    {
        services
            .AddSingleton<ReleaseReader>()
            .AddSingleton<ReleaseDesk>()
            .AddSingleton<GateReader>()
            .AddSingleton<FreezeStore>()
            .AddSingleton<ThawPolicy>();
        services
            .AddSingleton<OldVersion>()
            .AddSingleton<IWayBack>(provider => provider.GetRequiredService<OldVersion>());
        services
            .AddSingleton<IGuard, FreezeGuard>()
            .AddSingleton<IGuard, ThawGuard>()
            .AddSingleton<IGuard, OldVersionGuard>();
        services.AddTarget<TrainTarget>().AddArgumentSource<RungBelow>();
        services.AddAction<ReleaseSet>().AddAction<ReleaseFreeze>().AddAction<ReleaseThaw>();
        return services;
    }
}
