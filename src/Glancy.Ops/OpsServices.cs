using Glancy.Ops.Alerts;
using Glancy.Ops.BreakGlass;
using Glancy.Ops.Connectors;
using Glancy.Ops.Flags;
using Glancy.Ops.Handovers;
using Glancy.Ops.Hooks;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Leases;
using Glancy.Ops.Lives;
using Glancy.Ops.Notices;
using Glancy.Ops.Patrols;
using Glancy.Ops.Policy;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Ops.Slo;
using Glancy.Ops.Watching;
using Glancy.Runbook;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Glancy.Ops;

/// <summary>Composes what operations are.</summary>
public static class OpsServices
{
    /// <summary>Adds everything of this project; <paramref name="settings"/> is the section <c>Glancy</c>.</summary>
    /// <param name="runbook">What is in force from the beginning; null: what is active, once <see cref="VersionLook"/>
    /// has found it.</param>
    /// <exception cref="OptionsValidationException">A setting is missing, wrong or unknown.</exception>
    public static IServiceCollection AddGlancyOps(
        this IServiceCollection services,
        IConfiguration settings,
        RunbookContent? runbook
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        services
            .AddOptions<GlancyOptions>()
            .Bind(settings, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var options = settings.Get<GlancyOptions>() ?? new GlancyOptions();

        services.AddSingleton<IOptions<ReplicaOptions>>(provider =>
            provider.GetRequiredService<IOptions<GlancyOptions>>()
        );
        services.AddSingleton(provider =>
            Options.Create(provider.GetRequiredService<IOptions<GlancyOptions>>().Value.Bastion)
        );
        services.AddSingleton(provider =>
            Options.Create(provider.GetRequiredService<IOptions<GlancyOptions>>().Value.Pager)
        );
        services.AddSingleton(provider =>
            Options.Create(provider.GetRequiredService<IOptions<GlancyOptions>>().Value.Notifiers)
        );
        return services
            .AddKernel()
            .AddConnectors(options)
            .AddNotices()
            .AddRunbook(options.Runbook, runbook)
            .AddRoster()
            .AddLives()
            .AddProcedures(options)
            .AddHooks()
            .AddFlags()
            .AddReleases()
            .AddLeases()
            .AddIncidents()
            .AddBreakGlass()
            .AddAlerts()
            .AddSlo()
            .AddPolicy()
            .AddWatching()
            .AddHandovers()
            .AddPatrols()
            .AddRecurringJobs();
    }

    /// <summary>Checks runbooks without a replica: it knows every kind of step and state, and no settings.</summary>
    /// <param name="more">What else brings words that no runbook can take.</param>
    public static RunbookLoader FilesAlone(Action<IServiceCollection>? more = null)
    {
        var collection = new ServiceCollection().AddGlancyOps(new ConfigurationBuilder().Build(), null);
        more?.Invoke(collection);
        using var services = collection.BuildServiceProvider();
        return services.GetRequiredService<RunbookLoader>();
    }
}
