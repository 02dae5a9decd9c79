using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Kernel.Database;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>Composition of what is told outside. <see cref="ICallWords"/> comes from where words are.</summary>
internal static class OutcallServices
{
    public static IServiceCollection AddOutcalls(this IServiceCollection services)
    {
        return services
            .AddSingleton<Outcalling>()
            .AddSingleton<AckLinks>()
            .AddSingleton<PagerDutyAlerts>()
            .AddSingleton<PagerAnswers>()
            .AddSingleton<OutcallSending>()
            .AddSingleton<OutcallDelivery>()
            .AddHostedService<OutcallWork>()
            .AddSingleton<IDeadLetters, OutcallDeadLetters>();
    }
}
