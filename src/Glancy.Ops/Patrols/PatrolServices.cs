using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Patrols;

/// <summary>The looks that the runbook asks for by the clock.</summary>
internal static class PatrolServices
{
    public static IServiceCollection AddPatrols(this IServiceCollection services)
    {
        services
            .AddSingleton<PatrolStore>()
            .AddSingleton<PatrolReader>()
            .AddSingleton<PatrolDesk>()
            .AddRecurringJob<PatrolJob>()
            .AddRecurringJob<ReleasePatrolJob>();
        return services;
    }
}
