using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>Makes kinds of controlled state known.</summary>
public static class TargetServices
{
    /// <summary>Adds one kind: its class, and what the lint knows of it.</summary>
    public static IServiceCollection AddTarget<T>(this IServiceCollection services)
        where T : class, ITarget<T> => services.AddSingleton<T>().AddSingleton(T.Declared)
            .AddSingleton<ITarget>(provider => provider.GetRequiredService<T>())
            .AddSingleton<IStateReader>(provider => provider.GetRequiredService<T>());
}
