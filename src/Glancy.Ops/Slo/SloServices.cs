using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Slo;

/// <summary>Objectives and their budgets.</summary>
internal static class SloServices
{
    public static IServiceCollection AddSlo(this IServiceCollection services)
    {
        services.AddSingleton<BudgetTable>().AddSingleton<SloDesk>();
        return services;
    }
}
