using System.Net;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Prometheus;
using Glancy.Sandbox.Redis;
using Glancy.Sandbox.Tests.Postgres;
using Glancy.Sandbox.Worlds;
using Microsoft.Extensions.Logging.Abstractions;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>A leap of days costs no more memory than one of an hour.</summary>
public sealed class JumpTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0.4)]
    [InlineData(7)]
    public async Task What_a_leap_makes_is_written_before_more_is_made(double hours)
    {
        var model = new ProductionModel(1, Start);
        var made = new List<TimeSpan>();
        var written = Start;
        using var prometheus = new HttpListener();
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        prometheus.Prefixes.Add(address.AbsoluteUri);
        prometheus.Start();
        var serving = ServeAsync(prometheus, () => made.Add(model.At - written), () => written = model.At);
        await using var redis = await RedisServer.StartAsync(folder.In("redis"), Token);
        var databases = await postgres.Server.CreateWorldDatabasesAsync($"jump_{hours * 10:0}", null, Token);
        var gate = new Lock();
        var clock = new WorldClock(Start, TimeProvider.System);
        using var writer = new RemoteWriter(address);
        await using var product = new ProductFeed(
            model,
            gate,
            new ProductTables(databases.ProductOwner),
            await ProductQueues.ConnectAsync(redis)
        );
        await using var pacemaker = new Pacemaker(
            clock,
            new MetricsFeed(model, gate, writer, NullLogger<MetricsFeed>.Instance),
            product,
            model,
            () => [],
            TimeSpan.FromSeconds(10)
        );

        await pacemaker.JumpAsync(TimeSpan.FromHours(hours), Token);

        Assert.Equal(Start + TimeSpan.FromHours(hours), clock.Now);
        Assert.True(model.At >= clock.Now);
        Assert.NotEmpty(made);
        Assert.All(made, one => Assert.InRange(one, TimeSpan.Zero, Pacemaker.Stage + TimeSpan.FromMinutes(1)));
        prometheus.Stop();
        await serving;
    }

    private static async Task ServeAsync(HttpListener listener, Action seen, Action answered)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                seen();
                answered();
                context.Response.StatusCode = 204;
                context.Response.Close();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
