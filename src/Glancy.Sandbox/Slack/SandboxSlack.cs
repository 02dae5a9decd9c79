using System.Collections.Concurrent;
using System.Globalization;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Slack.Api;
using Glancy.Sandbox.Slack.Inbound;

namespace Glancy.Sandbox.Slack;

/// <summary>
/// A workspace with the bot installed: its Web API on a port, and its requests to the bot's replicas.
/// </summary>
public sealed class SandboxSlack : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> ports = new();
    private readonly ApiServer api;
    private string language = "zh-CN";

    private SandboxSlack(
        Workspace workspace,
        SlackFaults faults,
        ApiServer api,
        AppManifest manifest,
        TimeProvider real,
        string signingSecret,
        string botToken
    )
    {
        Workspace = workspace;
        Faults = faults;
        this.api = api;
        SigningSecret = signingSecret;
        BotToken = botToken;
        Doors = new AppDoors(
            () =>
                [
                    .. ports
                        .OrderBy(p => p.Key, StringComparer.Ordinal)
                        .Select(p => new Uri("http://" + Listen(p.Value))),
                ],
            signingSecret,
            faults,
            real
        )
        {
            Subscriptions = manifest.Events,
        };
        workspace.App = Doors;
        workspace.Shortcuts = manifest.Shortcuts;
    }

    public Workspace Workspace { get; }

    public SlackFaults Faults { get; }

    /// <summary>The app's request addresses.</summary>
    public AppDoors Doors { get; }

    /// <summary>Address of the Web API, with its <c>/api/</c>.</summary>
    public Uri Api => new(api.Url, "api/");

    public string SigningSecret { get; }

    public string BotToken { get; }

    /// <inheritdoc cref="StartAsync(string, AppManifest, TimeProvider, Func{DateTimeOffset}, CancellationToken)"/>
    public static Task<SandboxSlack> StartAsync(
        string peopleFile,
        TimeProvider real,
        Func<DateTimeOffset> world,
        CancellationToken cancellationToken
    ) => StartAsync(peopleFile, AppManifest.Everything, real, world, cancellationToken);

    /// <param name="peopleFile">Path of <c>runbook/people.yaml</c>.</param>
    /// <param name="manifest">What the bot may do and hears of.</param>
    /// <param name="real">Slack's own clock: deadlines, signatures, names of messages.</param>
    /// <param name="world">What people take for the time.</param>
    public static async Task<SandboxSlack> StartAsync(
        string peopleFile,
        AppManifest manifest,
        TimeProvider real,
        Func<DateTimeOffset> world,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var workspace = new Workspace(Workspace.PeopleOf(peopleFile), real, world);
        var faults = new SlackFaults(workspace.Changes);
        var token = "xoxb-sandbox-" + Mint.Secret();
        var api = await ApiServer.StartAsync(workspace, faults, manifest, token, cancellationToken);
        return new SandboxSlack(workspace, faults, api, manifest, real, Mint.Secret(), token);
    }

    /// <summary>
    /// What a replica is told through its environment; its port stays the same when it is started again.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings(string replica) =>
        new Dictionary<string, string>
        {
            ["Slack__SigningSecret"] = SigningSecret,
            ["Slack__TeamId"] = Team.Id,
            ["Slack__BotToken"] = BotToken,
            ["Slack__ApiBase"] = Api.AbsoluteUri,
            ["Slack__Listen"] = Listen(ports.GetOrAdd(replica, _ => LoopbackPort.Free())),
            ["Slack__Channel"] = Team.OpsChannel,
            ["Slack__Language"] = language,
        };

    /// <summary>Sets the language of the channel and of everybody's Slack; null: as it is.</summary>
    public void Speak(string? locale)
    {
        if (locale is null)
        {
            return;
        }

        language = locale;
        foreach (var person in Workspace.Members.People)
        {
            Workspace.Members.Add(person with { Locale = locale });
        }
    }

    /// <summary>Switches a fault on.</summary>
    public async Task FaultOnAsync(SlackFault fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Faults.Put(fault);
        await api.ListenAsync(fault.Kind != SlackFaultKind.Down && !IsDown, cancellationToken);
    }

    /// <summary>Switches a fault off; all of them when null.</summary>
    public async Task FaultOffAsync(SlackFaultKind? kind, CancellationToken cancellationToken)
    {
        if (kind is { } one)
        {
            Faults.Off(one);
        }
        else
        {
            Faults.AllOff();
        }

        await api.ListenAsync(!IsDown, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Doors.DisposeAsync();
        await api.DisposeAsync();
    }

    private bool IsDown => Faults.On.Any(f => f.Kind == SlackFaultKind.Down);

    private static string Listen(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
