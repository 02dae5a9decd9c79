using System.Net;
using System.Net.Sockets;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Tests.Hooks;
using Glancy.Sandbox.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Tests.Connectors.Prometheus;

public sealed class PrometheusClientTests(PrometheusWorld world) : IClassFixture<PrometheusWorld>
{
    private static readonly DateTimeOffset At = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_Prometheus_gives_each_kind_of_answer()
    {
        await world.WriteAsync(
            [
                new Series("temperature", [new("room", "a")], [new Point(At, 21.5)]),
                new Series("temperature", [new("room", "b")], [new Point(At, 19)]),
            ],
            Token
        );

        Assert.Equal(new PrometheusAnswer.Scalar(21.5), await Ask("temperature{room=\"a\"}"));
        Assert.Equal(new PrometheusAnswer.Scalar(2), await Ask("scalar(count(temperature))"));
        Assert.Equal(new PrometheusAnswer.Scalar(0.001), await Ask("vector(1e-3)"));
        Assert.Equal(new PrometheusAnswer.NoData(), await Ask("temperature{room=\"c\"}"));
        Assert.Equal(new PrometheusAnswer.NotANumber(), await Ask("vector(0) / vector(0)"));
        Assert.Equal(new PrometheusAnswer.NotANumber(), await Ask("vector(1) / vector(0)"));
        Assert.Equal("2 series", Assert.IsType<PrometheusAnswer.BadAnswer>(await Ask("temperature")).Detail);
        Assert.Contains(
            "bad_data",
            Assert.IsType<PrometheusAnswer.BadAnswer>(await Ask("sum(")).Detail,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "result type matrix",
            Assert.IsType<PrometheusAnswer.BadAnswer>(await Ask("temperature[5m]")).Detail
        );

        async Task<PrometheusAnswer> Ask(string query) => await world.Prometheus.QueryAsync(query, At, Token);
    }

    [Fact]
    public async Task The_question_is_about_the_instant_asked_for()
    {
        await world.WriteAsync(
            [new Series("moment", [], [new Point(At.AddHours(1), 1), new Point(At.AddHours(2), 2)])],
            Token
        );

        Assert.Equal(
            new PrometheusAnswer.Scalar(1),
            await world.Prometheus.QueryAsync("moment", At.AddHours(1), Token)
        );
        Assert.Equal(
            new PrometheusAnswer.Scalar(2),
            await world.Prometheus.QueryAsync("moment", At.AddHours(2).AddMilliseconds(250), Token)
        );
        Assert.Equal(
            new PrometheusAnswer.NoData(),
            await world.Prometheus.QueryAsync("moment", At.AddHours(1).AddMilliseconds(-1), Token)
        );
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        Assert.IsType<PrometheusAnswer.Unreachable>(
            await Ask(new Uri($"http://127.0.0.1:{port}"), TimeSpan.FromSeconds(5))
        );
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_unreachable() =>
        Assert.IsType<PrometheusAnswer.Unreachable>(
            await Ask(new Uri("http://prometheus.invalid"), TimeSpan.FromSeconds(5))
        );

    [Fact]
    public async Task No_answer_within_the_deadline_is_a_timeout_and_comes_in_time()
    {
        await using var slow = await FalsePrometheus.StartAsync(context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted)
        );
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.IsType<PrometheusAnswer.TimedOut>(await Ask(slow.Url, TimeSpan.FromMilliseconds(300)));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0.25, 5);
        Assert.Equal(1, slow.Requests);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_a_timeout()
    {
        await using var endless = await FalsePrometheus.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{\"status\":\"success\",", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        Assert.IsType<PrometheusAnswer.TimedOut>(await Ask(endless.Url, TimeSpan.FromMilliseconds(300)));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>sign in</html>")]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(200, "{\"status\":\"success\"}")]
    [InlineData(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":{}}}")]
    [InlineData(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1]}]}}")]
    [InlineData(
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"many\"]}]}}"
    )]
    [InlineData(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,2]}]}}")]
    [InlineData(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"x\"]}}")]
    [InlineData(401, "unauthorized")]
    [InlineData(404, "404 page not found")]
    [InlineData(500, "{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"disk\"}")]
    public async Task What_does_not_make_sense_is_a_bad_answer(int status, string body)
    {
        await using var strange = await FalsePrometheus.StartAsync(context => Answer(context, status, body));

        Assert.IsType<PrometheusAnswer.BadAnswer>(await Ask(strange.Url, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("", "HTTP 200, empty")]
    [InlineData("  \n<!doctype html><title>sign in</title>", "HTTP 200, HTML")]
    [InlineData("no healthy upstream", "HTTP 200, not JSON")]
    [InlineData("{\"status\":\"success\"", "HTTP 200, not JSON")]
    [InlineData("{\"ok\":true}", "HTTP 200, JSON, but not of Prometheus")]
    [InlineData(
        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error: unexpected end\"}",
        "bad_data: parse error: unexpected end"
    )]
    public async Task What_went_wrong_is_said_to_a_person(string body, string says)
    {
        await using var strange = await FalsePrometheus.StartAsync(context => Answer(context, 200, body));

        Assert.Equal(
            says,
            Assert.IsType<PrometheusAnswer.BadAnswer>(await Ask(strange.Url, TimeSpan.FromSeconds(5))).Detail
        );
    }

    // Prometheus and Thanos warn in a list, VictoriaMetrics with a flag; an info is about the query and not about the
    // answer.
    [Theory]
    [InlineData(
        "\"warnings\":[\"receive store sg-2: context deadline exceeded\"]",
        "receive store sg-2: context deadline exceeded"
    )]
    [InlineData("\"warnings\":[\"a\",\"b\"],\"infos\":[\"c\"]", "a; b")]
    [InlineData("\"warnings\":[{\"store\":\"sg\"}]", "{\"store\":\"sg\"}")]
    [InlineData("\"isPartial\":true", "isPartial")]
    [InlineData("\"isPartial\":\"true\"", "isPartial")]
    [InlineData("\"isPartial\":true,\"warnings\":[\"vmstorage-3 is away\"]", "vmstorage-3 is away; isPartial")]
    [InlineData("\"infos\":[\"metric might not be a counter\"]", null)]
    [InlineData("\"isPartial\":false,\"warnings\":[]", null)]
    [InlineData("\"isPartial\":null,\"warnings\":null,\"trace\":{}", null)]
    public async Task An_answer_that_says_it_is_partial_is_no_number(string beside, string? says)
    {
        await using var half = await FalsePrometheus.StartAsync(context =>
            Answer(
                context,
                200,
                $"{{\"status\":\"success\",{beside},\"data\":{{\"resultType\":\"vector\",\"result\":["
                    + $"{{\"metric\":{{}},\"value\":[1,\"7\"]}}]}}}}"
            )
        );

        Assert.Equal(
            says is null ? new PrometheusAnswer.Scalar(7) : new PrometheusAnswer.Partial(says),
            await Ask(half.Url, TimeSpan.FromSeconds(5))
        );
    }

    [Fact]
    public async Task A_partial_answer_is_no_series_either()
    {
        await using var half = await FalsePrometheus.StartAsync(context =>
            Answer(
                context,
                200,
                "{\"status\":\"success\",\"isPartial\":true,\"data\":{\"resultType\":\"matrix\",\"result\":["
                    + "{\"metric\":{},\"values\":[[1,\"7\"]]}]}}"
            )
        );
        await using var services = Services(half.Url, TimeSpan.FromSeconds(5));

        var series = await services
            .GetRequiredService<IPrometheusSeries>()
            .QueryRangeAsync("up", At, At.AddMinutes(1), TimeSpan.FromMinutes(1), Token);

        Assert.Equal(new PrometheusAnswer.Partial("isPartial"), Assert.IsType<PrometheusSeries.None>(series).Why);
    }

    [Fact]
    public async Task An_endless_amount_is_a_bad_answer()
    {
        await using var huge = await FalsePrometheus.StartAsync(context =>
            Answer(context, 200, new string(' ', 3 << 20))
        );

        Assert.IsType<PrometheusAnswer.BadAnswer>(await Ask(huge.Url, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Prometheus_own_deadline_is_a_timeout()
    {
        await using var busy = await FalsePrometheus.StartAsync(context =>
            Answer(
                context,
                503,
                "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"query timed out in expression "
                    + "evaluation\"}"
            )
        );

        Assert.IsType<PrometheusAnswer.TimedOut>(await Ask(busy.Url, TimeSpan.FromSeconds(5)));
        Assert.Equal(1, busy.Requests);
    }

    [Fact]
    public async Task What_fails_in_passing_is_asked_again_with_the_same_question()
    {
        var questions = new List<string>();
        await using var shaky = await FalsePrometheus.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            questions.Add(await reader.ReadToEndAsync(context.RequestAborted));
            await Answer(
                context,
                questions.Count < 3 ? 502 : 200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}"
            );
        });

        Assert.Equal(new PrometheusAnswer.Scalar(7), await Ask(shaky.Url, TimeSpan.FromSeconds(10)));
        Assert.Equal(3, questions.Count);
        Assert.Single(questions.Distinct());
        Assert.Contains("query=up", questions[0], StringComparison.Ordinal);
        Assert.Contains("time=1744939200", questions[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_keeps_failing_is_unreachable()
    {
        await using var gateway = await FalsePrometheus.StartAsync(context =>
            Answer(context, 502, "<html>Bad Gateway</html>")
        );

        Assert.IsType<PrometheusAnswer.Unreachable>(await Ask(gateway.Url, TimeSpan.FromSeconds(10)));
        Assert.Equal(3, gateway.Requests);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_is_unreachable()
    {
        await using var cut = await FalsePrometheus.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"status\"", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });

        Assert.IsType<PrometheusAnswer.Unreachable>(await Ask(cut.Url, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_path_prefix_is_kept()
    {
        var paths = new List<string>();
        await using var prefixed = await FalsePrometheus.StartAsync(context =>
        {
            paths.Add(context.Request.Path);
            return Answer(
                context,
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}"
            );
        });

        await Ask(new Uri(prefixed.Url, "/prometheus"), TimeSpan.FromSeconds(5));

        Assert.Equal(["/prometheus/api/v1/query"], paths);
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_timeout()
    {
        await using var slow = await FalsePrometheus.StartAsync(context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted)
        );
        await using var services = Services(slow.Url, TimeSpan.FromSeconds(30));
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            services.GetRequiredService<IPrometheus>().QueryAsync("up", At, caller.Token)
        );
    }

    private static ServiceProvider Services(Uri url, TimeSpan timeout) =>
        new ServiceCollection().AddPrometheus(new PrometheusOptions(url, timeout)).BuildServiceProvider();

    private static async Task<PrometheusAnswer> Ask(Uri url, TimeSpan timeout)
    {
        await using var services = Services(url, timeout);
        return await services.GetRequiredService<IPrometheus>().QueryAsync("up", At, Token);
    }

    private static Task Answer(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Something on a port that behaves as a test wants it to.</summary>
    private sealed class FalsePrometheus : IAsyncDisposable
    {
        private WebApplication? app;
        private int requests;

        public int Requests => Volatile.Read(ref requests);

        public Uri Url => new(app?.Urls.Single() ?? "");

        public static async Task<FalsePrometheus> StartAsync(Func<HttpContext, Task> behave)
        {
            var server = new FalsePrometheus();
            server.app = await Loopback.StartAsync(
                app =>
                    app.Run(async context =>
                    {
                        Interlocked.Increment(ref server.requests);
                        try
                        {
                            await behave(context);
                        }
                        catch (OperationCanceledException)
                        {
                            // The asker has gone.
                        }
                    }),
                Token
            );
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await (app?.StopAsync(now.Token) ?? Task.CompletedTask);
            await (app?.DisposeAsync() ?? default);
        }
    }
}
