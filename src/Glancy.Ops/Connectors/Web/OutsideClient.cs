using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Connectors.Web;

/// <summary>Clients of services outside whose addresses or headers hold keys.</summary>
internal static class OutsideClient
{
    /// <summary>
    /// Nothing of a request is logged, and none is followed elsewhere; how long it may take is the caller's.
    /// </summary>
    /// <param name="largestAnswer">In bytes.</param>
    public static void AddOutsideClient(this IServiceCollection services, string name, int largestAnswer) =>
        services
            .AddHttpClient(
                name,
                client =>
                {
                    client.MaxResponseContentBufferSize = largestAnswer;
                    client.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
            )
            .RemoveAllLoggers();
}
