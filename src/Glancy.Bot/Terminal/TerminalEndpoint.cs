using System.Globalization;
using System.Text.Json;
using Glancy.Bot.Commands.Running;
using Glancy.Ops;
using Glancy.Ops.Runbook;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Terminal;

/// <summary>The terminal's door: argv in, lines out, over the local socket.</summary>
internal static class TerminalEndpoint
{
    private const int LongestRequest = 64 * 1024;
    private const int MostWords = 200;

    /// <summary>
    /// Maps <c>POST /terminal</c>. The answer is a stream of lines that ends with the exit code. Who asks is the
    /// socket's peer; whoever may open the socket may read, changes need a person of the runbook.
    /// </summary>
    public static void MapTerminal(this IEndpointRouteBuilder app)
    {
        var peer = new SocketPeer();
        app.MapPost("/terminal", (RequestDelegate)(context => AnswerAsync(context, peer)));
    }

    private static async Task AnswerAsync(HttpContext context, SocketPeer peer)
    {
        if (await ReadAsync(context) is not { } request)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var services = context.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var standIns = services.GetRequiredService<IOptions<GlancyOptions>>().Value.Sandbox;
        var runbook = services.GetRequiredService<RunbookHolder>().Current;
        context.Response.ContentType = TerminalJson.ContentType;
        var login = peer.Login(context.Features.Get<IConnectionSocketFeature>());
        var channel = new TerminalChannel(request, login, standIns, runbook, context.Response.Body);
        try
        {
            // What was begun is finished although the asker leaves; only showing it ends then.
            var ending = await services
                .GetRequiredService<CommandRunner>()
                .RunAsync(request.Argv, CultureOf(request.Culture), channel, context.RequestAborted, stopping);
            await channel.WriteAsync(new TerminalPiece(Exit: (int)ending), context.RequestAborted);
        }
        catch (OperationCanceledException)
            when (context.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // Nobody reads any more, or the replica stops: the client says so itself when the last line is missing.
        }
    }

    private static async Task<TerminalRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            using var body = new MemoryStream();
            var buffer = new byte[8192];
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                if (body.Length + read > LongestRequest)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }

            var request = JsonSerializer.Deserialize<TerminalRequest>(body.ToArray(), TerminalJson.Options);
            return request?.Argv is { Count: <= MostWords } argv && argv.All(word => word is not null) ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CultureInfo? CultureOf(string? culture) =>
        culture switch
        {
            null or "" => null,
            _ when culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) => CultureInfo.GetCultureInfo("en-US"),
            _ => CultureInfo.GetCultureInfo("zh-CN"),
        };
}
