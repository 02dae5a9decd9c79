using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Roster.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Roster;

/// <summary>Who is on duty.</summary>
internal static class RosterServices
{
    public static IServiceCollection AddRoster(this IServiceCollection services)
    {
        services
            .AddSingleton<RosterOverrides>()
            .AddSingleton<IRosterOverrides>(provider => provider.GetRequiredService<RosterOverrides>());
        services.AddSingleton<DutyRoster>().AddSingleton<Permissions>();
        services.AddSingleton<RosterDesk>().AddSingleton<SwapStore>().AddSingleton<SwapDesk>();
        services.AddRecurringJob<RosterGapJob>().AddRecurringJob<DutyWatch>();
        services
            .AddSingleton<IRosterTurns, RosterTurns>()
            .AddSingleton<IRosterReader, PagerDutyOnCalls>()
            .AddRecurringJob<RosterSourceJob>();
        return services;
    }
}
