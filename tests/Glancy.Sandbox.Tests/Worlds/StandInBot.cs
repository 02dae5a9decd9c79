using Glancy.Sandbox.Worlds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>
/// What a world needs of a bot, and no more: it takes the clock, says when it is settled (at the second question after
/// each move), and notes every move in <c>KILLFILE.moves</c>: the time, the rate, the horizon, and whether it had
/// settled before.
/// </summary>
public static class StandInBot
{
    public static async Task<int> ServeAsync()
    {
        var moves = Environment.GetEnvironmentVariable("Glancy__KillFile") + ".moves";
        ClockSetting? clock = null;
        var asked = 0;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(k => k.ListenUnixSocket(Environment.GetEnvironmentVariable("Glancy__Socket") ?? ""));
        builder.Services.AddRoutingCore();
        await using var app = builder.Build();
        app.UseRouting();
        app.MapPut(
            "/world-clock",
            async (ClockSetting setting) =>
            {
                var early = clock is not null && clock.World != setting.World && asked < 2;
                (clock, asked) = (setting, 0);
                await File.AppendAllTextAsync(
                    moves,
                    $"{setting.World:O} {setting.Rate} {setting.Horizon:O} {(early ? "early" : "settled")}\n"
                );
                return Results.NoContent();
            }
        );
        app.MapGet("/world-clock", () => Results.Json(new { now = clock?.World, settled = ++asked > 1 }));
        app.MapGet("/healthz/ready", () => clock is null ? Results.StatusCode(503) : Results.Ok());
        app.MapGet("/settings", () => Results.Json(Environment.GetEnvironmentVariables()));
        await app.RunAsync();
        return 0;
    }
}
