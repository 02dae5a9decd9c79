using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Cli;

/// <summary>A world that lives in another process, found by its folder.</summary>
public sealed class RunningWorld(string folder, TextWriter output, TextWriter errors)
{
    private const int NoWorld = 3;
    private const int Refused = 1;
    private static readonly TimeSpan DownDeadline = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task<int> StatusAsync(CancellationToken cancellationToken) => GetAsync<WorldStatus>("/world", Print, cancellationToken);

    public Task<int> FaultsAsync(CancellationToken cancellationToken) => GetAsync<List<FaultRow>>(
        "/world/faults",
        faults =>
        {
            foreach (var fault in faults)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(fault.Intensity > 0 ? "on " : "off")} {fault.Name,-17} {fault.Does}{(fault.Intensity is > 0 and not 1 ? $" (intensity {fault.Intensity})" : "")}"));
                output.WriteLine($"{"",21} shows: {fault.Shows}\n{"",21} cure: {fault.Cure}");
            }
        },
        cancellationToken);

    public Task<int> EffectsAsync(CancellationToken cancellationToken) => GetAsync<List<Control.Effect>>(
        "/effects",
        effects =>
        {
            foreach (var effect in effects)
            {
                output.WriteLine($"{effect.Number,3}  {effect.World:yyyy-MM-dd HH:mm:ss}Z  {effect.State,-7} {(effect.Changed ? "changed  " : "no change")}  {effect.Command} {effect.Arguments}  {effect.Key}");
            }

            output.WriteLine($"{effects.Count} effect(s), {effects.Count(e => e.Changed)} changed something");
        },
        cancellationToken);

    /// <summary>Sends a request and prints its answer, if it has one.</summary>
    public async Task<int> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        if (await ClientAsync(cancellationToken) is not { } client)
        {
            return NoWorld;
        }

        using (client)
        using (var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)))
        using (var response = await client.SendAsync(request, cancellationToken))
        {
            var said = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                await errors.WriteLineAsync(said);
                return Refused;
            }

            if (said.Length > 0)
            {
                await output.WriteLineAsync(said);
            }

            return 0;
        }
    }

    /// <summary>Asks the world to end and waits until its process is gone.</summary>
    public async Task<int> DownAsync(CancellationToken cancellationToken)
    {
        var file = await new WorldFolder(folder).ReadAsync(cancellationToken);
        var code = await SendAsync(HttpMethod.Post, "/world/down", cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(DownDeadline);
        while (code == 0 && file is { Sandbox.IsAlive: true })
        {
            await Task.Delay(50, patience.Token);
        }

        return code;
    }

    private async Task<int> GetAsync<T>(string path, Action<T> print, CancellationToken cancellationToken)
    {
        if (await ClientAsync(cancellationToken) is not { } client)
        {
            return NoWorld;
        }

        using (client)
        {
            if (await client.GetFromJsonAsync<T>(path, Json, cancellationToken) is { } answer)
            {
                print(answer);
            }

            return 0;
        }
    }

    private async Task<HttpClient?> ClientAsync(CancellationToken cancellationToken)
    {
        var file = await new WorldFolder(folder).ReadAsync(cancellationToken);
        if (file is { Sandbox.IsAlive: true, Control: { } control })
        {
            // Advancing by hours takes its time.
            return new HttpClient { BaseAddress = control, Timeout = TimeSpan.FromMinutes(30) };
        }

        await errors.WriteLineAsync($"No world lives in {folder}; start one with 'up'.");
        return null;
    }

    private void Print(WorldStatus status)
    {
        var shanghai = status.Now.ToOffset(TimeSpan.FromHours(8));
        output.WriteLine($"time    {shanghai:yyyy-MM-dd HH:mm:ss} Asia/Shanghai, {(status.Rate == 0 ? "paused" : string.Create(CultureInfo.InvariantCulture, $"{status.Rate} x"))}");
        output.WriteLine($"train   {status.Train.Replace("\n", "\n        ", StringComparison.Ordinal)}");
        output.WriteLine($"faults  {(status.Faults.Count == 0 ? "none" : string.Join(", ", status.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value}"))))}");
        output.WriteLine($"flags   {string.Join("\n        ", status.Flags.Select(f => $"{f.Key}={f.Value}"))}");
        output.WriteLine($"deploys {string.Join(", ", status.Replicas.Select(r => $"{r.Key} {r.Value}"))}");
        output.WriteLine($"bots    {(status.Bots.Count == 0 ? "none" : string.Join(", ", status.Bots.Select(b => $"{b.Id} ({(b.Alive ? $"process {b.Pid}" : "dead")})")))}");
        output.WriteLine($"effects {status.Effects}");
    }

    private sealed record FaultRow(string Name, string Does, string Shows, string Cure, double Intensity);
}
