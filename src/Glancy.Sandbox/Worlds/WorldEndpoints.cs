using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Worlds;

/// <summary>The world's own endpoints, for the sandbox's subcommands and for anybody with curl.</summary>
internal static class WorldEndpoints
{
    public static void Map(WebApplication app, World world)
    {
        app.MapGet("/world", () => Results.Json(WorldStatus.Of(world)));
        app.MapPost(
            "/world/down",
            () =>
            {
                world.Leave();
                return Results.NoContent();
            }
        );
        app.MapGet("/effects", () => Results.Json(world.Effects.All));
        app.MapDelete(
            "/effects",
            () =>
            {
                world.Effects.Clear();
                return Results.NoContent();
            }
        );
        app.MapGet(
            "/world/faults",
            () =>
                Results.Json(
                    Faults.Catalogue.Select(f => new
                    {
                        f.Name,
                        f.Does,
                        f.Shows,
                        f.Cure,
                        Intensity = world.FaultsOn.GetValueOrDefault(f.Name),
                    })
                )
        );
        app.MapPut(
            "/world/faults/{name}",
            (string name, double? intensity) => Try(() => Task.FromResult(world.FaultOn(name, intensity ?? 1)))
        );
        app.MapDelete("/world/faults/{name}", (string name) => Try(() => Task.FromResult(world.FaultOff(name))));
        app.MapPut(
            "/world/alerts/{name}",
            (string name, int? count, CancellationToken cancellationToken) =>
                Try(() =>
                    world.Alertmanager.FireAsync(
                        name,
                        Math.Clamp(count ?? 1, 1, 1_000),
                        world.Clock.Now,
                        cancellationToken
                    )
                )
        );
        app.MapDelete(
            "/world/alerts/{name}",
            (string name, CancellationToken cancellationToken) =>
                Try(() => world.Alertmanager.ResolveAsync(name, world.Clock.Now, cancellationToken))
        );
        app.MapPut(
            "/world/clock/rate",
            (double rate, CancellationToken cancellationToken) => Try(() => world.SetRateAsync(rate, cancellationToken))
        );
        app.MapPost(
            "/world/clock/advance",
            (double seconds, CancellationToken cancellationToken) =>
                Try(() => world.AdvanceAsync(TimeSpan.FromSeconds(seconds), cancellationToken))
        );
        app.MapPost(
            "/world/clock/jump",
            (double seconds, CancellationToken cancellationToken) =>
                Try(() => world.JumpAsync(TimeSpan.FromSeconds(seconds), cancellationToken))
        );
        app.MapPost("/world/replicas/{id}/kill", (string id) => Try(() => world.KillReplicaAsync(id)));
        app.MapPost(
            "/world/replicas/{id}/start",
            (string id, CancellationToken cancellationToken) =>
                Try(() => world.StartReplicaAsync(id, cancellationToken))
        );
        app.MapPost(
            "/world/restart/postgres",
            (CancellationToken cancellationToken) =>
                Try(() => world.Postgres.RestartAsync(RestartKind.Immediate, cancellationToken))
        );
        app.MapPost(
            "/world/restart/prometheus",
            (CancellationToken cancellationToken) => Try(() => world.Prometheus.RestartAsync(cancellationToken))
        );
        app.MapPost(
            "/world/restart/redis",
            (CancellationToken cancellationToken) => Try(() => world.Redis.RestartAsync(cancellationToken))
        );
        app.MapPost(
            "/world/act",
            (HttpRequest request, CancellationToken cancellationToken) =>
                ActAsync(world, request.Query, cancellationToken)
        );
        app.MapPost(
            "/world/cut-ssh",
            (CancellationToken cancellationToken) => Try(() => world.Bastion.CutConnectionsAsync(cancellationToken))
        );
    }

    private static async Task<IResult> ActAsync(
        World world,
        IQueryCollection query,
        CancellationToken cancellationToken
    )
    {
        var actor = query["actor"].FirstOrDefault() is { Length: > 0 } given ? given : "bastion";
        var reply = await world.TypeAsync(actor, ["act", .. query["arg"].OfType<string>()], cancellationToken);
        return Results.Text(
            reply.Text,
            statusCode: reply.Exit == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict
        );
    }

    // What the caller got wrong, or what did not come up, is an answer and no server error.
    private static async Task<IResult> Try(Func<Task> act)
    {
        try
        {
            await act();
            return Results.NoContent();
        }
        catch (Exception refused)
            when (refused is ArgumentException or InvalidOperationException or TimeoutException or IOException)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
