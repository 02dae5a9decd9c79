using System.Net.Sockets;
using System.Text.Json;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Worlds;

/// <summary>Where a replica keeps its things.</summary>
/// <param name="Id">One letter or word; part of the file names.</param>
/// <param name="Socket">The Unix socket it serves.</param>
/// <param name="Log">Its standard output: compact JSON lines.</param>
/// <param name="KillFile">When this file names a transition, the replica kills itself there.</param>
public sealed record ReplicaPlace(string Id, string Socket, string Log, string KillFile);

/// <summary>A bot in a process of its own, spoken to over its socket.</summary>
public sealed class BotReplica : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ServiceProcess process;
    private readonly HttpClient client;

    private BotReplica(ReplicaPlace place, ServiceProcess process)
    {
        Place = place;
        this.process = process;
        client = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = (_, token) => ConnectAsync(place.Socket, token),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            }
        )
        {
            BaseAddress = new Uri("http://bot"),
            Timeout = TimeSpan.FromSeconds(15),
        };
    }

    public ReplicaPlace Place { get; }

    public ProcessIdentity Process => process.Identity;

    public bool IsAlive => !process.HasExited;

    /// <inheritdoc cref="ServiceProcess.ExitCode"/>
    public int? ExitCode => process.ExitCode;

    /// <summary>Starts it, tells it the time as soon as it listens, and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended or was not ready in time; the message carries its log's
    /// tail.</exception>
    public static async Task<BotReplica> StartAsync(
        ReplicaPlace place,
        IReadOnlyList<string> command,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        Func<ClockSetting> clock,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(place);
        File.Delete(place.Socket);
        File.Delete(place.KillFile);
        var replica = new BotReplica(
            place,
            ServiceProcess.Start(new ServiceCommand($"bot {place.Id}", command, place.Log, folder, environment))
        );
        try
        {
            await replica.process.WaitReadyAsync(
                token => replica.TellAsync(clock(), token),
                StartDeadline,
                cancellationToken
            );
            await replica.process.WaitReadyAsync(replica.IsReadyAsync, StartDeadline, cancellationToken);
            return replica;
        }
        catch
        {
            await replica.DisposeAsync();
            throw;
        }
    }

    /// <summary>Moves the bot's clock. False when it did not take it.</summary>
    public async Task<bool> TellAsync(ClockSetting setting, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(
            () => client.PutAsJsonAsync("/world-clock", setting, Json, cancellationToken),
            cancellationToken
        );
        return response is { IsSuccessStatusCode: true };
    }

    /// <summary>Whether it has done everything that is due up to an instant. Null when it does not answer.</summary>
    public async Task<bool?> IsSettledAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(
            () => client.GetAsync(new Uri("/world-clock", UriKind.Relative), cancellationToken),
            cancellationToken
        );
        if (response is not { IsSuccessStatusCode: true })
        {
            return null;
        }

        var reading = await response.Content.ReadFromJsonAsync<ClockReading>(Json, cancellationToken);
        return reading is not null && reading.Settled && reading.Now >= at;
    }

    /// <summary>What it says of its clock, for messages.</summary>
    public async Task<string> DescribeClockAsync(CancellationToken cancellationToken)
    {
        using var response = await AskAsync(
            () => client.GetAsync(new Uri("/world-clock", UriKind.Relative), cancellationToken),
            cancellationToken
        );
        return response is null ? "no answer" : await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var response = await AskAsync(
            () => client.GetAsync(new Uri("/healthz/ready", UriKind.Relative), cancellationToken),
            cancellationToken
        );
        return response is { IsSuccessStatusCode: true };
    }

    /// <summary>
    /// What a person's line says as data (<c>--json</c>), without a process for it. Null when there is no answer, or
    /// none to its end.
    /// </summary>
    public async Task<JsonElement?> DataAsync(
        string person,
        string culture,
        IReadOnlyList<string> words,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(words);
        var request = new
        {
            argv = (string[])[.. words, "--json"],
            @as = person,
            culture,
            width = 100,
            colour = false,
        };
        using var response = await AskAsync(
            () => client.PostAsJsonAsync("/terminal", request, Json, cancellationToken),
            cancellationToken
        );
        if (response is not { IsSuccessStatusCode: true })
        {
            return null;
        }

        // The first character says what a line is: x is the exit code. A command that follows a run writes a line for
        // each event; the last is the answer.
        var said = (await response.Content.ReadAsStringAsync(cancellationToken)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        return said is [.., var last, ['x', ..]] ? JsonSerializer.Deserialize<JsonElement>(last[1..]) : null;
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync() => await process.StopAsync(Libc.Sigkill, StopGrace);

    /// <summary>Asks it to end, and kills it when it does not.</summary>
    public async Task StopAsync() => await process.StopAsync(Libc.Sigterm, StopGrace);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await process.DisposeAsync();
        client.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(string socketFile, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketFile), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A bot that is starting, dying or gone does not answer; that is no error here.
    private static async Task<HttpResponseMessage?> AskAsync(
        Func<Task<HttpResponseMessage>> ask,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed record ClockReading(DateTimeOffset Now, bool Settled);
}
