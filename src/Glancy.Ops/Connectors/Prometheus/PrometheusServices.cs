using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Glancy.Ops.Connectors.Prometheus;

internal static class PrometheusServices
{
    private const int LargestAnswer = 1 << 20;

    /// <summary>
    /// Registers <see cref="IPrometheus"/> and <see cref="IPrometheusSeries"/> with their HTTP client. Queries are
    /// reads, so they are repeated, within the query's deadline.
    /// </summary>
    public static IServiceCollection AddPrometheus(this IServiceCollection services, PrometheusOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PrometheusClient>();
        services.AddSingleton<IPrometheus>(provider => provider.GetRequiredService<PrometheusClient>());
        services.AddSingleton<IPrometheusSeries>(provider => provider.GetRequiredService<PrometheusClient>());
        services
            .AddHttpClient(
                PrometheusClient.HttpName,
                client =>
                {
                    var root = options.Url.AbsoluteUri;
                    client.BaseAddress = new Uri(root.EndsWith('/') ? root : root + "/");
                    client.MaxResponseContentBufferSize = LargestAnswer;

                    // The query's own deadline decides, over all repetitions.
                    client.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .AddResilienceHandler(
                "reads",
                pipeline =>
                    pipeline.AddRetry(
                        new HttpRetryStrategyOptions
                        {
                            MaxRetryAttempts = 2,
                            Delay = TimeSpan.FromMilliseconds(100),
                            BackoffType = DelayBackoffType.Exponential,
                            UseJitter = true,
                            ShouldHandle = arguments =>
                                ValueTask.FromResult(
                                    arguments.Outcome.Exception is HttpRequestException
                                        || arguments.Outcome.Result?.StatusCode
                                            is HttpStatusCode.BadGateway
                                                or HttpStatusCode.GatewayTimeout
                                                or HttpStatusCode.TooManyRequests
                                ),
                        }
                    )
            );
        return services;
    }
}
