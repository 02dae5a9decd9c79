using Glancy.Slack.Handling;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Glancy.Slack;

/// <summary>For hosts without a journal of their own.</summary>
public static class HandlerServices
{
    /// <summary>
    /// The inbox in memory. Handlers are registered as <see cref="ISlashCommandHandler"/>,
    /// <see cref="IBlockActionHandler"/> and <see cref="IViewSubmissionHandler"/>.
    /// </summary>
    public static IServiceCollection AddSlackHandlers(this IServiceCollection services)
    {
        services.TryAddSingleton<MemoryInbox>();
        services.TryAddSingleton<ISlackInbox>(s => s.GetRequiredService<MemoryInbox>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HandlerWork>());
        return services;
    }

    /// <summary>A handler of events of one kind.</summary>
    public static IServiceCollection AddSlackEventHandler<TEvent, THandler>(this IServiceCollection services)
        where TEvent : class, ISlackEvent
        where THandler : class, IEventHandler<TEvent>
    {
        services.AddTransient<THandler>();
        services.AddTransient<EventRoute>(s => new EventRoute<TEvent>(s.GetRequiredService<THandler>()));
        return services;
    }
}
