using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// A sandbox world with two replicas that have a Slack door, and a stand-in for the addresses Slack gives out to answer
/// to.
/// </summary>
public sealed class SlackWorld : IAsyncLifetime
{
    /// <summary>Somebody who stands in people.yaml and whose account is a guest's.</summary>
    public const string Guest = "UBAI00000";

    private const string Team = "T00000001";
    private readonly string secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly string folder = PrivateFolder.CreateTemporary("glancy-slack");
    private readonly Dictionary<string, int> ports = new() { ["a"] = LoopbackPort.Free(), ["b"] = LoopbackPort.Free() };
    private readonly ConcurrentQueue<(string Id, JsonElement Message)> answers = new();
    private readonly HttpClient http = new();
    private World? world;
    private WebApplication? standIn;
    private NpgsqlDataSource? bot;
    private string slack = "";

    public World World => world ?? throw new InvalidOperationException("The world is not up yet.");

    public async ValueTask InitializeAsync()
    {
        await StartStandInAsync();
        world = await World.StartAsync(
            new WorldOptions(Path.Combine(folder, "world"))
            {
                Root = Root(),
                Past = TimeSpan.FromMinutes(30),
                Brief = true,
                BotEnvironment = new Dictionary<string, string>
                {
                    ["Glancy__RowLease"] = "00:00:01",
                    ["Glancy__WakeInterval"] = "00:00:00.500",
                    ["Slack__SigningSecret"] = secret,
                    ["Slack__TeamId"] = Team,
                    ["Slack__Channel"] = "C1",
                    ["Slack__BotToken"] = "xoxb-sandbox",
                    ["Slack__ApiBase"] = slack + "/api/",
                    ["Slack__WorkWithin"] = "00:00:20",
                },
            },
            null,
            CancellationToken.None
        );
        bot = NpgsqlDataSource.Create(world.Databases.BotMigrator);
        foreach (var (id, port) in ports)
        {
            await world.StartReplicaAsync(
                id,
                new Dictionary<string, string>
                {
                    ["Slack__Listen"] = "127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture),
                },
                CancellationToken.None
            );
        }

        await world.SettleAsync(CancellationToken.None);
    }

    /// <summary>The body of a typed command.</summary>
    public string Command(string user, string text, string trigger) =>
        Form(
            new()
            {
                ["team_id"] = Team,
                ["user_id"] = user,
                ["user_name"] = "x",
                ["channel_id"] = "C1",
                ["channel_name"] = "glancy-ops",
                ["command"] = "/glancy",
                ["text"] = text,
                ["trigger_id"] = trigger,
                ["response_url"] = $"{slack}/answer/{trigger}",
            }
        );

    /// <summary>The body of a click on one of our buttons.</summary>
    public string Click(string user, string value, string trigger) =>
        Form(
            new()
            {
                ["payload"] = JsonSerializer.Serialize(
                    new
                    {
                        type = "block_actions",
                        team = new { id = Team },
                        user = new { id = user, team_id = Team },
                        channel = new { id = "C1" },
                        container = new
                        {
                            type = "message",
                            message_ts = "1.1",
                            channel_id = "C1",
                        },
                        trigger_id = trigger,
                        response_url = $"{slack}/answer/{trigger}",
                        actions = new[]
                        {
                            new
                            {
                                action_id = "say:0",
                                block_id = "b",
                                type = "button",
                                value,
                                action_ts = trigger,
                            },
                        },
                    }
                ),
            }
        );

    /// <summary>Sends a body as Slack does, signed by openssl and not by our code.</summary>
    /// <param name="age">How long ago it was signed; negative for a signature of the future.</param>
    public async Task<HttpStatusCode> SendAsync(
        string replica,
        string door,
        string body,
        CancellationToken cancellationToken,
        string? signature = null,
        TimeSpan age = default
    ) => (await TellAsync(replica, door, body, cancellationToken, signature, age)).Status;

    /// <summary>The same, with what is answered at once.</summary>
    public async Task<(HttpStatusCode Status, string Said)> TellAsync(
        string replica,
        string door,
        string body,
        CancellationToken cancellationToken,
        string? signature = null,
        TimeSpan age = default
    )
    {
        var timestamp = (TimeProvider.System.GetUtcNow() - age)
            .ToUnixTimeSeconds()
            .ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(replica, "/slack/" + door));
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add(
            "X-Slack-Signature",
            signature ?? await SignAsync($"v0:{timestamp}:{body}", cancellationToken)
        );
        using var response = await http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>What any other request gets there.</summary>
    public async Task<HttpStatusCode> KnockAsync(
        string replica,
        HttpMethod method,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, Address(replica, path))
        {
            Content = method == HttpMethod.Post ? new StringContent("{}") : null,
        };
        using var response = await http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>The answers to what had this trigger, once there is one.</summary>
    public async Task<IReadOnlyList<JsonElement>> AnswersAsync(string trigger, CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(
            () => Task.FromResult(answers.Any(a => a.Id == trigger)),
            $"{trigger} is answered",
            cancellationToken
        );
        return [.. answers.Where(a => a.Id == trigger).Select(a => a.Message)];
    }

    public async Task<string> BotAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = (bot ?? throw new InvalidOperationException("no database")).CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)
            ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (bot is not null)
        {
            await bot.DisposeAsync();
        }

        if (world is not null)
        {
            await world.DisposeAsync();
        }

        if (standIn is not null)
        {
            await standIn.DisposeAsync();
        }

        PrivateFolder.Delete(folder);
    }

    private async Task StartStandInAsync()
    {
        var port = LoopbackPort.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        standIn = builder.Build();
        slack = "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);
        standIn.Urls.Add(slack);
        standIn.MapPost(
            "/answer/{id}",
            (RequestDelegate)(
                async context =>
                {
                    using var body = await JsonDocument.ParseAsync(context.Request.Body);
                    answers.Enqueue(((string?)context.Request.RouteValues["id"] ?? "", body.RootElement.Clone()));
                    await context.Response.WriteAsync("ok");
                }
            )
        );
        standIn.MapPost(
            "/api/users.info",
            (RequestDelegate)(
                async context =>
                {
                    var user = (await context.Request.ReadFormAsync())["user"].ToString();
                    await context.Response.WriteAsJsonAsync(
                        new
                        {
                            ok = true,
                            user = new
                            {
                                id = user,
                                team_id = Team,
                                name = user,
                                is_restricted = user == Guest,
                            },
                        }
                    );
                }
            )
        );
        standIn.MapPost(
            "/api/conversations.open",
            (RequestDelegate)(
                async context =>
                {
                    using var body = await JsonDocument.ParseAsync(context.Request.Body);
                    await context.Response.WriteAsJsonAsync(
                        new
                        {
                            ok = true,
                            channel = new { id = "D" + body.RootElement.GetProperty("users").GetString() },
                        }
                    );
                }
            )
        );
        standIn.MapPost(
            "/api/chat.postMessage",
            (RequestDelegate)(
                async context =>
                {
                    using var body = await JsonDocument.ParseAsync(context.Request.Body);
                    var channel = body.RootElement.GetProperty("channel").GetString() ?? "";
                    answers.Enqueue((channel, body.RootElement.Clone()));
                    await context.Response.WriteAsJsonAsync(
                        new
                        {
                            ok = true,
                            channel,
                            ts = string.Create(CultureInfo.InvariantCulture, $"{answers.Count}.1"),
                        }
                    );
                }
            )
        );
        await standIn.StartAsync();
    }

    /// <summary>The body of a form of ours that was sent off.</summary>
    public static string Submission(string user, string metadata, string trigger, bool filled) =>
        Form(
            new()
            {
                ["payload"] = JsonSerializer.Serialize(
                    new
                    {
                        type = "view_submission",
                        team = new { id = Team },
                        user = new { id = user, team_id = Team },
                        trigger_id = trigger,
                        view = new
                        {
                            id = "V" + trigger,
                            callback_id = "ask",
                            private_metadata = metadata,
                            state = new
                            {
                                values = filled
                                    ? new Dictionary<string, object>
                                    {
                                        ["reason"] = new { value = new { type = "plain_text_input", value = "red" } },
                                    }
                                    : [],
                            },
                        },
                    }
                ),
            }
        );

    private Uri Address(string replica, string path) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[replica]}{path}"));

    private async Task<string> SignAsync(string text, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("openssl", ["dgst", "-sha256", "-hmac", secret, "-r"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var openssl = Process.Start(start) ?? throw new InvalidOperationException("openssl did not start");
        await openssl.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
        openssl.StandardInput.Close();
        var said = await openssl.StandardOutput.ReadToEndAsync(cancellationToken);
        await openssl.WaitForExitAsync(cancellationToken);
        return "v0=" + said.Split(' ')[0];
    }

    private static string Form(Dictionary<string, string> fields) =>
        string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", "..", ".."));
}
