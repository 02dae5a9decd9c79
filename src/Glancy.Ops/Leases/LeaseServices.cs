using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Procedures.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Leases;

/// <summary>Our temporary changes.</summary>
internal static class LeaseServices
{
    public static IServiceCollection AddLeases(this IServiceCollection services)
    {
        services
            .AddSingleton<LeaseStore>()
            .AddSingleton<IExplanations>(provider => provider.GetRequiredService<LeaseStore>());
        services.AddSingleton<IChangeLedger, LeaseLedger>().AddSingleton<LeaseUndo>().AddSingleton<LeaseDesk>();
        services.AddRecurringJob<LeaseReminders>().AddRecurringJob<LeaseOffers>();
        return services;
    }
}
