using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Glancy.Slack.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Slack.Tests.Api;

/// <summary>
/// npm's <c>emulate</c> on loopback, installed from the lock file beside it, and our client before it.
/// </summary>
public sealed class EmulateHouse : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly HttpClient raw = new();
    private ServiceProvider? services;
    private Process? node;

    public ISlackApiClient Client =>
        services?.GetRequiredService<ISlackApiClient>() ?? throw new InvalidOperationException("not started");

    /// <summary>The seeded channel.</summary>
    public string Channel { get; private set; } = "";

    /// <summary>A seeded person.</summary>
    public string Person { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var folder = Path.Combine(Here(), "../contract");
        using var limit = new CancellationTokenSource(Patience);
        await InstallAsync(folder, limit.Token);
        node = Start("node", folder, "emulate.mjs");
        var said = (
            await node.StandardOutput.ReadLineAsync(limit.Token)
            ?? throw new InvalidOperationException(await node.StandardError.ReadToEndAsync(limit.Token))
        ).Split(' ');
        Assert.Equal("127.0.0.1", said[1]);
        var api = new Uri(new Uri(said[0]), "/api/");
        raw.BaseAddress = api;
        raw.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "xoxb-contract");
        services = new ServiceCollection()
            .AddLogging()
            .AddSlack(options =>
            {
                options.SigningSecret = options.TeamId = "unused";
                options.BotToken = "xoxb-contract";
                options.ApiBase = api;
            })
            .BuildServiceProvider();
        Channel =
            (await AskAsync("conversations.list", []))
                .GetProperty("channels")
                .EnumerateArray()
                .First(c => c.GetProperty("name").GetString() == "ops")
                .GetProperty("id")
                .GetString()
            ?? "";
        Person =
            (await AskAsync("users.list", []))
                .GetProperty("members")
                .EnumerateArray()
                .First(u => u.GetProperty("name").GetString() == "lin")
                .GetProperty("id")
                .GetString()
            ?? "";
    }

    /// <summary>A method our client does not have, for setting a scene or looking behind it.</summary>
    public async Task<JsonElement> AskAsync(string method, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await raw.PostAsync(
            new Uri(method, UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        using var document = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        Assert.True(document.RootElement.GetProperty("ok").GetBoolean(), document.RootElement.ToString());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        raw.Dispose();
        if (services is not null)
        {
            await services.DisposeAsync();
        }

        if (node is not null)
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync();
            node.Dispose();
        }
    }

    // npm writes its own copy of the lock last; while it is there and newer, everything is.
    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        var done = new FileInfo(Path.Combine(folder, "node_modules/.package-lock.json"));
        if (done.Exists && done.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
        {
            return;
        }

        using var npm = Start("npm", folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        Assert.True(npm.ExitCode == 0, $"npm ci failed:\n{await output}\n{await error}");
    }

    private static Process Start(string program, string folder, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        ) ?? throw new InvalidOperationException($"{program} did not start");

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path) ?? "";
}
