namespace Glancy.Sandbox.Control;

/// <summary>Where the stand-in scripts call: the answer is the exit code on a line, then the text.</summary>
internal static class ToolEndpoints
{
    /// <param name="desk">Asked at each call: the server listens before the desk is set.</param>
    public static void Map(WebApplication app, Func<ToolDesk> desk)
    {
        var rollback = new Lazy<RollbackScript>(() => new RollbackScript(desk()));
        app.MapPost(
            "/internal/releasectl",
            async http =>
                await AnswerAsync(
                    http,
                    await new ReleaseTool(desk()).RunAsync(await CallAsync(http), http.RequestAborted)
                )
        );
        app.MapPost(
            "/internal/configctl",
            async http =>
                await AnswerAsync(
                    http,
                    await new ConfigTool(desk()).RunAsync(await CallAsync(http), http.RequestAborted)
                )
        );
        app.MapPost(
            "/internal/dr",
            async http =>
                await AnswerAsync(
                    http,
                    await new DrillTool(desk()).RunAsync(await CallAsync(http), http.RequestAborted)
                )
        );
        app.MapPost(
            "/internal/rollback",
            async http => await AnswerAsync(http, rollback.Value.Begin(await CallAsync(http)))
        );
        app.MapPost(
            "/internal/rollback/{run}/{stage}",
            async http =>
                await AnswerAsync(
                    http,
                    await rollback.Value.StageAsync(
                        $"{http.Request.RouteValues["run"]}",
                        $"{http.Request.RouteValues["stage"]}",
                        http.RequestAborted
                    )
                )
        );
    }

    private static async Task<ToolCall> CallAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return new ToolCall(
            [.. form["arg"].OfType<string>()],
            form["key"].FirstOrDefault() is { Length: > 0 } key ? key : null,
            form["actor"].FirstOrDefault() is { Length: > 0 } actor ? actor : "bastion"
        );
    }

    private static Task AnswerAsync(HttpContext http, ToolReply reply)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync($"{reply.Exit}\n{reply.Text}\n", http.RequestAborted);
    }
}
