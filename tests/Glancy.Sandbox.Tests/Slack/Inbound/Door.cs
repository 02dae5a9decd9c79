using System.Collections.Concurrent;
using System.Net;
using Glancy.Sandbox.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Glancy.Sandbox.Tests.Slack.Inbound;

/// <summary>A replica's doors: remembers what came, and answers with a status, or never.</summary>
public sealed class Door : IAsyncDisposable
{
    private readonly ConcurrentQueue<Knock> knocks = new();
    private ControlServer? server;

    public sealed record Knock(
        string Path,
        byte[] Body,
        string ContentType,
        IReadOnlyDictionary<string, string> Headers
    );

    public IReadOnlyList<Knock> Knocks => [.. knocks];

    /// <summary>Null: no answer comes.</summary>
    public HttpStatusCode? Status { get; set; } = HttpStatusCode.OK;

    public string Says { get; set; } = "";

    public static async Task<Door> OpenAsync(int port)
    {
        var door = new Door();
        door.server = await ControlServer.StartAsync(
            port,
            app => app.MapPost("/slack/{door}", (RequestDelegate)door.TakeAsync),
            TestContext.Current.CancellationToken
        );
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        knocks.Enqueue(
            new Knock(
                http.Request.Path,
                body.ToArray(),
                http.Request.ContentType ?? "",
                http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)
            )
        );
        if (Status is { } status)
        {
            http.Response.StatusCode = (int)status;
            await http.Response.WriteAsync(Says, http.RequestAborted);
        }
        else
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
