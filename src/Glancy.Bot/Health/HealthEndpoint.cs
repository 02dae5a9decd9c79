using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot;

/// <summary>Whether this replica can do its work.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Ok());
        routes.MapGet(
            "/healthz/ready",
            async (BotDatabase database, CancellationToken cancellationToken) =>
            {
                try
                {
                    await database.QueryAsync<int>("select 1 from glancy.run limit 1", null, cancellationToken);
                    return Results.Ok();
                }
                catch (Npgsql.NpgsqlException)
                {
                    return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
                }
            }
        );
    }
}
