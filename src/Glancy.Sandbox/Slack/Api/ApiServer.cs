using System.Globalization;
using System.Text.Json;
using Glancy.Sandbox.Control;

namespace Glancy.Sandbox.Slack.Api;

/// <summary>The Web API on a loopback port: methods, bytes of files, response addresses.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly Workspace workspace;
    private readonly SlackFaults faults;
    private readonly ApiDoor door;
    private readonly Uploads uploads;
    private readonly SemaphoreSlim one = new(1);
    private ControlServer? server;

    private ApiServer(Workspace workspace, SlackFaults faults, AppManifest manifest, string token)
    {
        this.workspace = workspace;
        this.faults = faults;
        uploads = new Uploads(workspace);
        door = new ApiDoor(new Methods(workspace, uploads), new Scopes(manifest.Scopes), token);
    }

    public Uri Url => workspace.Addresses.Origin;

    public static async Task<ApiServer> StartAsync(
        Workspace workspace,
        SlackFaults faults,
        AppManifest manifest,
        string token,
        CancellationToken cancellationToken
    )
    {
        var api = new ApiServer(workspace, faults, manifest, token);
        api.server = await ControlServer.StartAsync(0, api.Map, cancellationToken);
        workspace.Addresses.Origin = api.server.Url;
        return api;
    }

    /// <summary>Nobody listens any more, or somebody listens again at the same port.</summary>
    public async Task ListenAsync(bool listen, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (listen && server is null)
            {
                server = await ControlServer.StartAsync(Url.Port, Map, cancellationToken);
            }
            else if (!listen && server is { } running)
            {
                server = null;
                await running.DisposeAsync();
            }
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ListenAsync(false, CancellationToken.None);
        one.Dispose();
    }

    private void Map(WebApplication app)
    {
        app.MapMethods(
            "/api/{method}",
            ["GET", "POST"],
            Faulty(null, http => door.AnswerAsync(http, Value(http, "method")))
        );
        app.MapPost("/upload/v1/{secret}", Faulty("upload", http => TakeBytesAsync(http, Value(http, "secret"))));
        app.MapPost("/commands/{team}/{secret}", Faulty("respond", http => RespondAsync(http, Value(http, "secret"))));
        app.MapPost("/actions/{team}/{secret}", Faulty("respond", http => RespondAsync(http, Value(http, "secret"))));
        app.MapPost("/app/{team}/{secret}", Faulty("respond", http => RespondAsync(http, Value(http, "secret"))));
    }

    private RequestDelegate Faulty(string? method, Func<HttpContext, Task<Reply>> answerAsync) =>
        http => WithFaultsAsync(http, method ?? Value(http, "method"), answerAsync);

    private async Task WithFaultsAsync(HttpContext http, string method, Func<HttpContext, Task<Reply>> answerAsync)
    {
        if (faults.Strike(SlackFaultKind.TooMany, method) is { } much)
        {
            if (much.For > TimeSpan.Zero)
            {
                http.Response.Headers.RetryAfter = ((int)Math.Ceiling(much.For.TotalSeconds)).ToString(
                    CultureInfo.InvariantCulture
                );
            }

            await Reply.Json(ApiAnswer.No("ratelimited"), StatusCodes.Status429TooManyRequests).SendAsync(http);
            return;
        }

        if (faults.Strike(SlackFaultKind.ServerError, method) is not null)
        {
            await Reply.Words("upstream connect error", StatusCodes.Status503ServiceUnavailable).SendAsync(http);
            return;
        }

        if (faults.Strike(SlackFaultKind.Hang, method) is not null)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        var reply = await answerAsync(http);
        if (faults.Strike(SlackFaultKind.LoseAnswer, method) is not null)
        {
            http.Abort();
            return;
        }

        if (faults.Strike(SlackFaultKind.Slow, method) is { } slow)
        {
            await Task.Delay(slow.For, http.RequestAborted);
        }

        await reply.SendAsync(http);
    }

    private async Task<Reply> TakeBytesAsync(HttpContext http, string secret)
    {
        var content = await UploadBody.ReadAsync(http.Request, http.RequestAborted);
        return uploads.Take(secret, content)
            ? Reply.Words(string.Create(CultureInfo.InvariantCulture, $"OK - {content.Length}"))
            : Reply.Words("no such upload, or another length than announced", StatusCodes.Status400BadRequest);
    }

    private async Task<Reply> RespondAsync(HttpContext http, string secret)
    {
        JsonElement body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonElement>(
                http.Request.Body,
                SlackWire.Options,
                http.RequestAborted
            );
        }
        catch (JsonException)
        {
            return Reply.Words("invalid_payload", StatusCodes.Status400BadRequest);
        }

        var (deed, error) = workspace.Addresses.Use(secret);
        if (deed is null)
        {
            return Reply.Json(ApiAnswer.No(error ?? "no_such_url"), StatusCodes.Status404NotFound);
        }

        return workspace.Responses.Show(deed, body) is { } wrong
            ? Reply.Json(ApiAnswer.No(wrong), StatusCodes.Status404NotFound)
            : Reply.Words("ok");
    }

    private static string Value(HttpContext http, string name) => (string?)http.Request.RouteValues[name] ?? "";
}
