using System.Globalization;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Glancy.Ops.Kernel;

/// <summary>Time, the database, the audit, and what comes round again.</summary>
internal static class KernelServices
{
    // Per connection: statements that the server keeps planned, and how often one is asked before it is.
    private const int Prepared = 100;
    private const int Usual = 3;

    // A statement stays planned as it was when its table was nearly empty, and a table fills within seconds: so the
    // server goes along indexes even where reading a few rows through would be quicker. Compiling a plan never pays.
    private const string Steady = "-c enable_seqscan=off -c jit=off";

    public static IServiceCollection AddKernel(this IServiceCollection services)
    {
        services.AddSingleton(provider => new BotDatabase(Source(provider, options => options.Database)));
        services.AddSingleton(new WorldClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<WorldClock>());
        services
            .AddSingleton<ClockStore>()
            .AddSingleton<ClockReady>()
            .AddSingleton<WakeSignal>()
            .AddHostedService<WakeListener>();
        services
            .AddSingleton<AuditLog>()
            .AddSingleton<LeaderClaims>()
            .AddRecurringJob<OldRows>()
            .AddRecurringJob<AuditWords>();
        return services;
    }

    /// <summary>The rounds; last of all, when everything that comes round is known.</summary>
    public static IServiceCollection AddRecurringJobs(this IServiceCollection services) =>
        services.AddHostedService<RecurringJobs>();

    /// <summary>Connections to one of the databases that the settings name.</summary>
    public static NpgsqlDataSource Source(IServiceProvider provider, Func<ReplicaOptions, string> connection)
    {
        var options = provider.GetRequiredService<IOptions<ReplicaOptions>>().Value;
        return NpgsqlDataSource.Create(Leased(connection(options), options.RowLease));
    }

    // A replica that stands still or vanishes in the middle of a transaction would keep its row and chain locks for as
    // long as its connection looks alive; the server takes them away when its lease has gone (rule 2).
    private static string Leased(string connection, TimeSpan lease)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        var limit = string.Create(
            CultureInfo.InvariantCulture,
            $"-c idle_in_transaction_session_timeout={lease.TotalMilliseconds:0} {Steady}"
        );
        if (!builder.ShouldSerialize("Max Auto Prepare"))
        {
            // A few dozen questions are asked all day; planning them each time costs more than answering them.
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (Prepared, Usual);
        }

        // Whatever is set here is set for one transaction: there is nothing to put back between two users.
        builder.NoResetOnClose = true;
        builder.Options = builder.Options is { Length: > 0 } own ? $"{own} {limit}" : limit;
        return builder.ConnectionString;
    }
}
