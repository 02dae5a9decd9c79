using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Glancy.Ops.Runbook;

/// <summary>The runbook that is in force, and its versions.</summary>
internal static class RunbookServices
{
    public static IServiceCollection AddRunbook(
        this IServiceCollection services,
        string directory,
        RunbookContent? inForce
    )
    {
        services.AddSingleton<RunbookTerms>().AddSingleton<RunbookLoader>();
        services.TryAddSingleton(ReservedVerbs.None);
        services.AddSingleton(new RunbookHolder(directory, inForce));
        services
            .AddSingleton<VersionStore>()
            .AddSingleton<RunbookVersions>()
            .AddSingleton<VersionReports>()
            .AddSingleton<VersionDesk>();
        return services;
    }
}
