using Glancy.Slack.Api;
using Glancy.Slack.Api.Pace;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Glancy.Slack;

/// <summary>Registers the library.</summary>
public static class SlackServices
{
    /// <summary>
    /// Key of the clock that measures deadlines and pace; the machine's own unless a host registers another.
    /// </summary>
    public const string WireClock = "Glancy.Slack.Wire";

    /// <summary>
    /// Key of the clock that signatures are judged by; the machine's own, whatever clock the host lives on.
    /// </summary>
    public const string SignatureClock = "Glancy.Slack.Signature";

    /// <summary>
    /// Everything but the doors (<see cref="SlackRoutes.MapSlack"/>). The program does not start while secret,
    /// workspace or token are missing. What a workspace refuses is remembered in memory unless the host registers
    /// another <see cref="IRefusedKinds"/> before. The host registers the one <see cref="ISlackInbox"/>.
    /// </summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, Action<SlackOptions> configure)
    {
        services.AddOptions<SlackOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SlackOptions>, OptionsJudge>());
        services.TryAddKeyedSingleton(WireClock, TimeProvider.System);
        services.TryAddKeyedSingleton(SignatureClock, TimeProvider.System);

        // No logging of addresses: a response address is a licence to speak. No cookies, no redirects that could carry
        // the token off.
        services
            .AddHttpClient(
                Wire.HttpName,
                client =>
                {
                    client.Timeout = Timeout.InfiniteTimeSpan;
                    client.MaxResponseContentBufferSize = 16 * 1024 * 1024;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            )
            .RemoveAllLoggers();
        services.TryAddSingleton<SlackDoor>();
        services.TryAddSingleton<Gates>();
        services.TryAddSingleton<Wire>();
        services.TryAddSingleton<ForeignAddress>();
        services.TryAddSingleton<Caller>();
        services.TryAddSingleton<IRefusedKinds, RefusedKinds>();
        services.TryAddSingleton<BlockLadder>();
        services.TryAddSingleton<ISlackApiClient>(s => new SlackApiClient(
            s.GetRequiredService<Caller>(),
            s.GetRequiredService<BlockLadder>(),
            s.GetRequiredService<Wire>(),
            s.GetRequiredService<ForeignAddress>()
        ));
        return services;
    }

    private sealed class OptionsJudge : IValidateOptions<SlackOptions>
    {
        public ValidateOptionsResult Validate(string? name, SlackOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
