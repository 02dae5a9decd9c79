using Glancy.Ops.Alerts.Actions;
using Glancy.Ops.Connectors.Alertmanager;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Procedures.Actions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Alerts;

/// <summary>Alerts, from a section of settings of their own; without it there is no Alertmanager.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertsOptions>();
        services.AddHttpClient<AlertmanagerClient>(
            (provider, client) =>
            {
                if (provider.GetRequiredService<IOptions<AlertsOptions>>().Value.AlertmanagerUrl is { } url)
                {
                    client.BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/");
                }

                client.Timeout = TimeSpan.FromSeconds(10);
                client.MaxResponseContentBufferSize = 64 << 20;
            }
        );
        services
            .AddSingleton<IOldRows, OldAlerts>()
            .AddSingleton<AlertStore>()
            .AddSingleton<AlertCards>()
            .AddSingleton<AlertInbox>()
            .AddSingleton<AlertLosses>()
            .AddSingleton<SilenceRight>()
            .AddTransient<AlertDesk>();
        services.AddRecurringJob<AlertJob>().AddRecurringJob<AlertCensus>();
        services.AddAction<SopExpect>();
        return services;
    }
}
