using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>Makes kinds of steps known.</summary>
internal static class ActionServices
{
    /// <summary>Adds one kind: its class, and what the lint knows of it.</summary>
    public static IServiceCollection AddAction<T>(this IServiceCollection services)
        where T : class, IAction<T> => services.AddSingleton<IAction, T>().AddSingleton(T.Spec);
}
