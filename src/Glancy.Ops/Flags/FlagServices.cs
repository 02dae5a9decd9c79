using Glancy.Ops.Flags.Actions;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Flags;

/// <summary>Feature flags: their state, and the steps that set and save it.</summary>
internal static class FlagServices
{
    public static IServiceCollection AddFlags(this IServiceCollection services) =>
        services.AddTarget<FlagTarget>().AddAction<FlagSet>().AddAction<FlagSnapshot>();
}
