using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Lives;

/// <summary>Whether this is still the database that the bastion knows.</summary>
internal static class LifeServices
{
    public static IServiceCollection AddLives(this IServiceCollection services)
    {
        services
            .AddSingleton<LifeStore>()
            .AddSingleton<LifeWatch>()
            .AddSingleton<LifeDesk>()
            .AddRecurringJob<LifeRound>();
        return services;
    }
}
