using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Incidents;

/// <summary>Incidents, who is called for them, and what is told outside.</summary>
internal static class IncidentServices
{
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services
            .AddSingleton<IncidentStore>()
            .AddSingleton<IncidentLog>()
            .AddSingleton<IncidentDesk>()
            .AddSingleton<IncidentResponse>()
            .AddSingleton<IncidentTimeline>();
        services.AddSingleton<EscalationCalls>().AddRecurringJob<Escalation>();
        services.AddOutcalls();
        return services;
    }
}
