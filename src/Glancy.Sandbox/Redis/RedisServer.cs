using System.Security.Cryptography;
using Glancy.Sandbox.Processes;
using StackExchange.Redis;

namespace Glancy.Sandbox.Redis;

/// <summary>
/// A private Redis on a loopback port, with a password and an append-only file in its own folder: what it acknowledged
/// survives its death.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private ServiceProcess? process;

    private RedisServer(string folder) => this.folder = folder;

    public int Port { get; private set; }

    /// <summary>Letters and digits only; new for every server.</summary>
    public string Password { get; } = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 24);

    public ProcessIdentity? Process => process?.Identity;

    /// <exception cref="FileNotFoundException">Redis is not installed.</exception>
    /// <exception cref="InvalidOperationException">It did not come up; the message carries the log's tail.</exception>
    public static async Task<RedisServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var server = new RedisServer(PrivateFolder.Create(folder)) { Port = LoopbackPort.Free() };
        try
        {
            // In a file and not in the arguments, which everybody on the machine can read.
            await File.WriteAllTextAsync(
                server.Configuration,
                $"""
                bind 127.0.0.1
                port {server.Port}
                dir {folder}
                requirepass {server.Password}
                appendonly yes
                appendfsync no
                save ""
                databases 16

                """,
                cancellationToken
            );
            await server.LaunchAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it and starts it again on the same port.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await LaunchAsync(cancellationToken);
    }

    /// <summary>Stops it; <see cref="ResumeAsync"/> brings it back on the same port.</summary>
    public async Task StopAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => LaunchAsync(cancellationToken);

    /// <summary>
    /// How a client of this server is set up: it fails at once while the server is away, and finds it again by itself.
    /// </summary>
    public ConfigurationOptions Client() =>
        new()
        {
            EndPoints = { { "127.0.0.1", Port } },
            Password = Password,
            AbortOnConnectFail = false,
            ConnectTimeout = 1000,
            AsyncTimeout = 2000,
            SyncTimeout = 2000,
            ReconnectRetryPolicy = new LinearRetry(200),
            BacklogPolicy = BacklogPolicy.FailFast,
        };

    public async ValueTask DisposeAsync() => await StopAsync();

    private string Configuration => Path.Combine(folder, "redis.conf");

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        process = ServiceProcess.Start(
            new ServiceCommand(
                "redis",
                [Programs.Find("redis-server", "redis-server"), Configuration],
                Path.Combine(folder, "log"),
                folder
            )
        );
        await process.WaitReadyAsync(AnswersAsync, StartDeadline, cancellationToken);
    }

    // It accepts connections before it has read its file, and says LOADING until then.
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (!await LoopbackPort.AnswersAsync(Port, cancellationToken))
        {
            return false;
        }

        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(Client());
            await connection.GetDatabase().StringGetAsync("ready").WaitAsync(cancellationToken);
            return true;
        }
        catch (Exception notYet) when (notYet is RedisException or RedisTimeoutException)
        {
            return false;
        }
    }
}
