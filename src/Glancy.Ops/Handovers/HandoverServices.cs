using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Roster;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Handovers;

/// <summary>From one shift to the next.</summary>
internal static class HandoverServices
{
    public static IServiceCollection AddHandovers(this IServiceCollection services)
    {
        services
            .AddSingleton<HandoverStore>()
            .AddSingleton<IAcceptances>(provider => provider.GetRequiredService<HandoverStore>());
        services
            .AddSingleton<HandoverTrain>()
            .AddSingleton<HandoverDuty>()
            .AddSingleton<HandoverReader>()
            .AddSingleton<HandoverDesk>()
            .AddSingleton<FollowUpStore>()
            .AddSingleton<FollowUpDesk>()
            .AddRecurringJob<HandoverJob>();
        return services;
    }
}
