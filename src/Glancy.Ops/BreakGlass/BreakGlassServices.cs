using Glancy.Ops.Procedures.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.BreakGlass;

/// <summary>One person alone, and the look at it afterwards.</summary>
internal static class BreakGlassServices
{
    public static IServiceCollection AddBreakGlass(this IServiceCollection services)
    {
        services.AddSingleton<IBreakGlass, BreakGlassDesk>().AddSingleton<BreakGlassReviews>();
        return services;
    }
}
