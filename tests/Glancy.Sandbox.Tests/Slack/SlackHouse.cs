using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>A workspace of its own with its Web API, on a clock that stands still unless it is moved.</summary>
public sealed class SlackHouse : IAsyncLifetime
{
    public const string Lin = "ULIN00000";
    public const string Wu = "UWU000000";
    private readonly HttpClient http = new();
    private SandboxSlack? slack;

    public HouseClock Clock { get; } = new(new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero));

    public SandboxSlack Slack => slack ?? throw new InvalidOperationException("not started");

    public Workspace Workspace => Slack.Workspace;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        slack = await SandboxSlack.StartAsync(
            Path.Combine(Repository.Root, "runbook", "people.yaml"),
            Clock,
            () => new DateTimeOffset(2025, 4, 18, 1, 20, 0, TimeSpan.Zero),
            Token
        );

    /// <summary>Calls a method with JSON and the bot's token, and expects what it answers.</summary>
    public async Task<JsonElement> CallAsync(string method, object arguments)
    {
        using var response = await PostAsync(method, JsonContent.Create(arguments), Slack.BotToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    /// <summary>The same as a form, where lists are JSON text.</summary>
    public async Task<JsonElement> FormAsync(string method, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(
            method,
            new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
            Slack.BotToken
        );
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    /// <summary>The error of a call that must fail.</summary>
    public async Task<string> ErrorAsync(string method, object arguments)
    {
        var answer = await CallAsync(method, arguments);
        return answer.GetProperty("ok").GetBoolean() ? "ok" : answer.GetProperty("error").GetString() ?? "";
    }

    /// <summary>Posts as the bot; the message's ts.</summary>
    public async Task<string> PostAsync(object arguments)
    {
        var answer = await CallAsync("chat.postMessage", arguments);
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        return answer.GetProperty("ts").GetString() ?? "";
    }

    /// <summary>One request, with this token or none.</summary>
    public async Task<HttpResponseMessage> PostAsync(string method, HttpContent content, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Slack.Api, method)) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, Token);
    }

    /// <summary>Posts JSON to an address that Slack gave out.</summary>
    public async Task<(int Status, string Body)> RespondAsync(string address, object answer)
    {
        using var response = await http.PostAsJsonAsync(new Uri(address), answer, Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (slack is not null)
        {
            await slack.DisposeAsync();
        }
    }
}
