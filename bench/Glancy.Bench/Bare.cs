using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Glancy.Bench;

/// <summary>The least a signed command can cost: the same HMAC, the same row, nothing else.</summary>
internal static class Bare
{
    public static async Task<int> ServeAsync(string listen, string secret, string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var key = Encoding.UTF8.GetBytes(secret);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://" + listen);
        app.MapGet("/", () => "Bare");
        app.MapPost(
            "/slack/commands",
            (RequestDelegate)(
                async context =>
                {
                    using var body = new MemoryStream();
                    await context.Request.Body.CopyToAsync(body);
                    var timestamp = context.Request.Headers["X-Slack-Request-Timestamp"].ToString();
                    var text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
                    var expected =
                        "v0="
                        + Convert.ToHexStringLower(
                            HMACSHA256.HashData(
                                key,
                                Encoding.UTF8.GetBytes(
                                    string.Create(CultureInfo.InvariantCulture, $"v0:{timestamp}:{text}")
                                )
                            )
                        );
                    if (
                        !CryptographicOperations.FixedTimeEquals(
                            Encoding.ASCII.GetBytes(expected),
                            Encoding.ASCII.GetBytes(context.Request.Headers["X-Slack-Signature"].ToString())
                        )
                    )
                    {
                        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                        return;
                    }

                    await using var command = source.CreateCommand(
                        "insert into glancy.slack_inbox (dedupe_key, kind, raw_body, finished_at) values ($1, "
                            + "'Command', $2, now()) on conflict (dedupe_key) do nothing"
                    );
                    command.Parameters.Add(new NpgsqlParameter { Value = "bare:" + Guid.NewGuid().ToString("N") });
                    command.Parameters.Add(new NpgsqlParameter { Value = text });
                    await command.ExecuteNonQueryAsync(context.RequestAborted);
                }
            )
        );
        await app.RunAsync();
        return 0;
    }
}

/// <summary>The smallest web application there is; what start and memory are compared with.</summary>
internal static class Hello
{
    public static async Task<int> ServeAsync(string listen)
    {
        var app = WebApplication.CreateBuilder().Build();
        app.Urls.Add("http://" + listen);
        app.MapGet("/", () => "Hello");
        await app.RunAsync();
        return 0;
    }
}
