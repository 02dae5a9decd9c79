using System.Globalization;
using Glancy.Ops.Alerts;
using Glancy.Ops.BreakGlass;
using Glancy.Ops.Connectors.Alertmanager;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Connectors.Web;
using Glancy.Ops.Handovers;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Hooks.History;
using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Leases;
using Glancy.Ops.Lives;
using Glancy.Ops.Notices;
using Glancy.Ops.Patrols;
using Glancy.Ops.Policy;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Output;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Roster.Sources;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Ops.Slo;
using Glancy.Ops.Watching;
using Glancy.Runbook;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace Glancy.Ops;

/// <summary>Composes what operations are.</summary>
public static class OpsServices
{
    /// <summary>Adds everything of this project; <paramref name="settings"/> is the section <c>Glancy</c>.</summary>
    /// <param name="runbook">What is in force from the beginning; null: what is active, once <see cref="VersionLook.BeginAsync"/> has found it.</param>
    /// <exception cref="OptionsValidationException">A setting is missing, wrong or unknown.</exception>
    public static IServiceCollection AddGlancyOps(this IServiceCollection services, IConfiguration settings, RunbookContent? runbook)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddOptions<GlancyOptions>()
            .Bind(settings, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var options = settings.Get<GlancyOptions>() ?? new GlancyOptions();

        services.AddSingleton(new RunbookHolder(options.Runbook, runbook));
        services.AddSingleton(provider => new BotDatabase(Source(provider, o => o.Database)));
        services.AddSingleton(provider => new ProductDatabase(Source(provider, o => o.ProductDatabase)));
        services.AddSingleton<IOptions<ReplicaOptions>>(provider => provider.GetRequiredService<IOptions<GlancyOptions>>());
        services.AddSingleton(provider => Options.Create(provider.GetRequiredService<IOptions<GlancyOptions>>().Value.Bastion));
        services.AddSingleton(provider => Options.Create(provider.GetRequiredService<IOptions<GlancyOptions>>().Value.Pager));
        services.AddSingleton(provider => Options.Create(provider.GetRequiredService<IOptions<GlancyOptions>>().Value.Notifiers));
        services.AddSingleton<BastionConnection>().AddSingleton<IBastion, SshBastion>();
        if (options.PrometheusUrl is { } prometheus)
        {
            services.AddPrometheus(new PrometheusOptions(prometheus));
        }

        services.AddHttpClient<ProductWeb>(client =>
        {
            client.BaseAddress = options.ProductUrl;
            client.Timeout = TimeSpan.FromSeconds(10);
        });

        services.AddSingleton(new WorldClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<WorldClock>());
        services.AddSingleton<ClockStore>().AddSingleton<ClockReady>().AddSingleton<WakeSignal>().AddHostedService<WakeListener>();
        services.AddSingleton<IAuditAnchors, BastionAnchors>().AddSingleton<AuditLog>().AddSingleton<NoticeBoard>().AddSingleton<LifeStore>().AddSingleton<LifeWatch>().AddRound<LifeRound>().AddSingleton<LifeDesk>().AddSingleton<DutyLeases>();
        services.AddSingleton<HookReader>().AddSingleton<HookSeriesReader>().AddSingleton<HookSnapshots>().AddSingleton<GateReader>();
        services.AddSingleton<BudgetTable>().AddSingleton<SloDesk>();
        services.AddSingleton<ReleaseTool>().AddSingleton<ReleaseDesk>().AddSingleton<FreezeStore>().AddSingleton<Thawing>();
        services.AddSingleton<RosterOverrides>().AddSingleton<IRosterOverrides>(provider => provider.GetRequiredService<RosterOverrides>()).AddSingleton<DutyRoster>().AddSingleton<RosterDesk>().AddSingleton<PolicyDesk>();
        services.AddSingleton<SwapStore>().AddSingleton<SwapDesk>().AddRound<RosterGapRound>().AddRound<DutyWatch>();
        services.AddSingleton<IRosterTurns, RosterTurns>().AddRound<RosterSourceRound>();
        PagerDutyRest.Add(services);
        services.AddSingleton<IRosterReader, PagerDutyOnCalls>();
        services.AddSingleton<HandoverStore>().AddSingleton<IAcceptances>(provider => provider.GetRequiredService<HandoverStore>()).AddSingleton<HandoverReader>().AddSingleton<HandoverDesk>();
        services.AddSingleton<FollowUpStore>().AddSingleton<FollowUpDesk>().AddRound<HandoverRound>();
        services.AddSingleton<PatrolStore>().AddSingleton<PatrolReader>().AddSingleton<PatrolDesk>().AddRound<PatrolRound>().AddRound<ReleasePatrolRound>();
        services.AddSingleton<LeaseStore>().AddSingleton<IExplanations>(provider => provider.GetRequiredService<LeaseStore>()).AddSingleton<LeaseUndo>().AddSingleton<LeaseDesk>().AddRound<LeaseReminders>().AddRound<LeaseOffers>();
        services.AddSingleton<VersionStore>().AddSingleton<RunbookVersions>().AddSingleton<VersionReports>().AddSingleton<VersionDesk>();
        services.AddSingleton<DraftVoiding>().AddSingleton<VersionLook>().AddHostedService<VersionDuty>();
        services.AddSingleton<EpisodeStore>().AddSingleton<RedLights>().AddSingleton<Recovery>().AddSingleton<RollbackDrafts>().AddSingleton<NobodysLights>().AddSingleton<Watcher>().AddRound<WatchRound>();
        services.AddSingleton<IncidentStore>().AddSingleton<IncidentLog>().AddSingleton<IncidentDesk>().AddSingleton<IncidentResponse>().AddSingleton<IncidentTimeline>().AddSingleton<BreakGlassDesk>().AddSingleton<BreakGlassReviews>();
        services.AddSingleton<EscalationCalls>().AddRound<Escalation>();
        services.AddOutcalls();
        services.AddAlerts();
        services.AddHostedService<Rounds>();
        services.AddProcedures(options);
        services.AddScheduler(options);
        return services;
    }

    // The section of its own is the host's to bind; without one there is no Alertmanager.
    private static void AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertsOptions>();
        services.AddHttpClient<AlertmanagerClient>((provider, client) =>
        {
            if (provider.GetRequiredService<IOptions<AlertsOptions>>().Value.AlertmanagerUrl is { } url)
            {
                client.BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/");
            }

            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = 64 << 20;
        });
        services.AddSingleton<AlertStore>().AddSingleton<AlertCards>().AddSingleton<AlertInbox>().AddSingleton<AlertLosses>().AddTransient<AlertDesk>().AddRound<AlertRound>().AddRound<AlertCensus>();
        services.AddRound<OldRows>();
    }

    private static void AddProcedures(this IServiceCollection services, GlancyOptions options)
    {
        services.AddSingleton<ActionBook>().AddSingleton<Planner>().AddSingleton<ControlledState>().AddSingleton<BastionEffect>().AddSingleton<EffectSight>();
        foreach (var action in typeof(IAction).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IAction))))
        {
            services.AddSingleton(typeof(IAction), action);
        }

        services.AddSingleton<RunStore>().AddSingleton<RunTransitions>().AddSingleton<RunClaims>();
        services.AddSingleton<OldVersion>().AddSingleton<IWayBack>(provider => provider.GetRequiredService<OldVersion>()).AddSingleton<IHookLight, HookLight>().AddSingleton<IBreakGlass>(provider => provider.GetRequiredService<BreakGlassDesk>()).AddSingleton<IChangeLedger, LeaseLedger>();
        services.AddSingleton<IGuard, RestoredGuard>().AddSingleton<IGuard, FreezeGuard>().AddSingleton<IGuard, ThawGuard>().AddSingleton<IGuard, LightsGuard>().AddSingleton<IGuard, OldVersionGuard>();
        services.AddSingleton<Guards>().AddSingleton<Risks>().AddSingleton<DraftRows>().AddSingleton<Drafts>().AddSingleton<Confirming>().AddSingleton<Attempts>().AddSingleton<StuckLook>().AddSingleton<RunWord>().AddSingleton<RunDesk>();
        services.AddSingleton<RunStart>().AddSingleton<StepPause>().AddSingleton<StepStart>().AddSingleton<StepRunner>().AddSingleton<Announcements>().AddSingleton<RunEnd>().AddSingleton<RunEngine>();
        services.AddSingleton<RunOutputs>().AddHostedService<OutputDuty>();
        services.AddSingleton<RunWorker>().AddHostedService(provider => provider.GetRequiredService<RunWorker>());
        services.AddSingleton<IKillPoints>(options is { Sandbox: true, KillFile.Length: > 0 } ? new KillFile(options.KillFile) : new NoKillPoints());
    }

    private static void AddScheduler(this IServiceCollection services, GlancyOptions options)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "glancy";
                scheduler.InstanceId = options.ReplicaId;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(options.Database);
                store.ConfigureStore(adoptions => adoptions.TablePrefix = "scheduler.qrtz_");
                store.UseClustering(cluster =>
                {
                    // A dead replica's turn is taken over within a lease, like its runs.
                    cluster.CheckinInterval = options.RowLease / 2;
                    cluster.CheckinMisfireThreshold = options.RowLease / 2;
                });
            });
            quartz.AddJob<WakeJob>(job => job.WithIdentity(WakeJob.Key).StoreDurably());
            quartz.AddTrigger(trigger => trigger
                .ForJob(WakeJob.Key)
                .WithIdentity("wake")
                .WithSimpleSchedule(schedule => schedule.WithInterval(options.WakeInterval).RepeatForever()));
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }

    private static NpgsqlDataSource Source(IServiceProvider provider, Func<GlancyOptions, string> connection)
    {
        var options = provider.GetRequiredService<IOptions<GlancyOptions>>().Value;
        return NpgsqlDataSource.Create(Leased(connection(options), options.RowLease));
    }

    // A replica that stands still or vanishes in the middle of a transaction would keep its row and chain locks for as long as its
    // connection looks alive; the server takes them away when its lease has gone (rule 2).
    private static string Leased(string connection, TimeSpan lease)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        var limit = string.Create(CultureInfo.InvariantCulture, $"-c idle_in_transaction_session_timeout={lease.TotalMilliseconds:0}");
        builder.Options = builder.Options is { Length: > 0 } own ? $"{own} {limit}" : limit;
        return builder.ConnectionString;
    }
}
