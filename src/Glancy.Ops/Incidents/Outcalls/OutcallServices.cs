using Glancy.Ops.Connectors.Notifier;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>Composition of what is told outside. <see cref="ICallWords"/> comes from where words are.</summary>
internal static class OutcallServices
{
    public static IServiceCollection AddOutcalls(this IServiceCollection services)
    {
        Sending.Add(services);
        services.AddSingleton<PagerDutyEvents>();
        services.AddSingleton<INotifier, FeishuNotifier>().AddSingleton<INotifier, DingTalkNotifier>().AddSingleton<INotifier, WeComNotifier>().AddSingleton<INotifier, SmsNotifier>();
        return services.AddSingleton<Outcalling>().AddSingleton<AckLinks>().AddSingleton<PagerDutyAlerts>().AddSingleton<PagerAnswers>().AddSingleton<OutcallDelivery>().AddHostedService<OutcallWork>();
    }
}
