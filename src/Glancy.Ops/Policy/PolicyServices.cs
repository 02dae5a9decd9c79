using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Policy;

/// <summary>Who might do what now.</summary>
internal static class PolicyServices
{
    public static IServiceCollection AddPolicy(this IServiceCollection services)
    {
        services.AddSingleton<PolicyDesk>();
        return services;
    }
}
