using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>Makes kinds of controlled state, and what gives arguments, known.</summary>
internal static class TargetServices
{
    /// <summary>Adds one kind: its class, and what the lint knows of it.</summary>
    public static IServiceCollection AddTarget<T>(this IServiceCollection services)
        where T : class, ITarget<T> =>
        services
            .AddSingleton<T>()
            .AddSingleton(T.Declared)
            .AddSingleton<ITarget>(provider => provider.GetRequiredService<T>())
            .AddSingleton<IStateReader>(provider => provider.GetRequiredService<T>());

    /// <summary>Adds something that gives arguments.</summary>
    public static IServiceCollection AddArgumentSource<T>(this IServiceCollection services)
        where T : class, IArgumentSource<T> => services.AddSingleton<IArgumentSource, T>().AddSingleton(T.Declared);
}
