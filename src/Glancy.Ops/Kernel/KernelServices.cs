using System.Globalization;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace Glancy.Ops.Kernel;

/// <summary>Time, the database, the audit, and what comes round again.</summary>
internal static class KernelServices
{
    public static IServiceCollection AddKernel(this IServiceCollection services)
    {
        services.AddSingleton(provider => new BotDatabase(Source(provider, options => options.Database)));
        services.AddSingleton(new WorldClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<WorldClock>());
        services.AddSingleton<ClockStore>().AddSingleton<ClockReady>().AddSingleton<WakeSignal>().AddHostedService<WakeListener>();
        services.AddSingleton<AuditLog>().AddSingleton<LeaderClaims>().AddRound<OldRows>();
        return services;
    }

    /// <summary>What wakes the replicas, and the rounds they make; last of all, when everything that comes round is known.</summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, ReplicaOptions options)
    {
        services.AddHostedService<Rounds>();
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
        return services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }

    /// <summary>Connections to one of the databases that the settings name.</summary>
    public static NpgsqlDataSource Source(IServiceProvider provider, Func<ReplicaOptions, string> connection)
    {
        var options = provider.GetRequiredService<IOptions<ReplicaOptions>>().Value;
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
