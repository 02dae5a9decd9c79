using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Connectors.Notifier;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Connectors.Web;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Connectors;

/// <summary>The ways to other systems.</summary>
internal static class ConnectorServices
{
    public static IServiceCollection AddConnectors(this IServiceCollection services, ReplicaOptions options)
    {
        services.AddSingleton(provider => new ProductDatabase(KernelServices.Source(provider, o => o.ProductDatabase)));
        services
            .AddSingleton<BastionConnection>()
            .AddSingleton<IBastion, SshBastion>()
            .AddSingleton<IAuditAnchors, BastionAnchors>();
        services.AddSingleton<ReleaseTool>();
        if (options.PrometheusUrl is { } prometheus)
        {
            services.AddPrometheus(new PrometheusOptions(prometheus));
        }

        services.AddHttpClient<ProductWeb>(client =>
        {
            client.BaseAddress = options.ProductUrl;
            client.Timeout = TimeSpan.FromSeconds(10);
        });
        PagerDutyRest.Add(services);
        Sending.Add(services);
        services.AddSingleton<PagerDutyEvents>();
        services
            .AddSingleton<INotifier, FeishuNotifier>()
            .AddSingleton<INotifier, DingTalkNotifier>()
            .AddSingleton<INotifier, WeComNotifier>()
            .AddSingleton<INotifier, SmsNotifier>();
        return services;
    }
}
