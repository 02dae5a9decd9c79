using System.Globalization;
using System.Text.Json;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Cli;

/// <summary>A world that lives in another process, found by its folder.</summary>
internal sealed class RunningWorld(string folder, TextWriter output, TextWriter errors, SandboxWords words)
{
    private const int NoWorld = 3;
    private const int Refused = 1;
    private static readonly TimeSpan DownDeadline = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task<int> StatusAsync(CancellationToken cancellationToken) =>
        GetAsync<WorldStatus>("/world", Print, cancellationToken);

    public Task<int> FaultsAsync(CancellationToken cancellationToken) =>
        GetAsync<List<FaultRow>>(
            "/world/faults",
            faults =>
            {
                foreach (var fault in faults.Select(InItsLanguage))
                {
                    var isOn = fault.Intensity > 0 ? words.Say("开 ", "on ") : words.Say("关 ", "off");
                    var intensity = fault.Intensity.ToString(CultureInfo.InvariantCulture);
                    var partly = fault.Intensity is > 0 and not 1
                        ? words.Say($"（强度 {intensity}）", $" (intensity {intensity})")
                        : "";
                    output.WriteLine($"{isOn} {fault.Name, -17} {fault.Does}{partly}");
                    output.WriteLine(
                        $"{"", 21} {words.Say("表现：", "shows: ")}{fault.Shows}\n"
                            + $"{"", 21} {words.Say("办法：", "cure: ")}{fault.Cure}"
                    );
                }
            },
            cancellationToken
        );

    public Task<int> EffectsAsync(CancellationToken cancellationToken) =>
        GetAsync<List<Control.Effect>>(
            "/effects",
            effects =>
            {
                foreach (var effect in effects)
                {
                    output.WriteLine(
                        $"{effect.Number, 3}  {effect.World:yyyy-MM-dd HH:mm:ss}Z  {effect.State, -7} "
                            + $"{(effect.Changed ? words.Say("有变更", "changed  ") : words.Say("无变更", "no change"))}"
                            + $"  {effect.Command} {effect.Arguments}  {effect.Key}"
                    );
                }

                output.WriteLine(
                    words.Say(
                        $"{effects.Count} 次操作，其中 {effects.Count(e => e.Changed)} 次改变了什么",
                        $"{effects.Count} effect(s), {effects.Count(e => e.Changed)} changed something"
                    )
                );
            },
            cancellationToken
        );

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

        await errors.WriteLineAsync(
            words.Say(
                $"{folder} 里没有世界；用 ./glancy sandbox 启动一个。",
                $"No world lives in {folder}; start one with ./glancy sandbox."
            )
        );
        return null;
    }

    private FaultRow InItsLanguage(FaultRow fault) =>
        words.Chinese && Production.Faults.InChinese(fault.Name) is { } said
            ? fault with
            {
                Does = said.Does,
                Shows = said.Shows,
                Cure = said.Cure,
            }
            : fault;

    private void Print(WorldStatus status)
    {
        var none = words.Say("无", "none");
        var shanghai = status.Now.ToOffset(TimeSpan.FromHours(8));
        var pace =
            status.Rate == 0
                ? words.Say("暂停", "paused")
                : string.Create(CultureInfo.InvariantCulture, $"{status.Rate} x");
        Row("时间", "time", $"{shanghai:yyyy-MM-dd HH:mm:ss} Asia/Shanghai, {pace}");
        Row("列车", "train", status.Train);
        Row(
            "故障",
            "faults",
            status.Faults.Count == 0
                ? none
                : string.Join(
                    ", ",
                    status.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value}"))
                )
        );
        Row("开关", "flags", string.Join('\n', status.Flags.Select(f => $"{f.Key}={f.Value}")));
        Row("部署", "deploys", string.Join(", ", status.Replicas.Select(r => $"{r.Key} {r.Value}")));
        Row(
            "副本",
            "bots",
            status.Bots.Count == 0
                ? none
                : string.Join(
                    ", ",
                    status.Bots.Select(b =>
                        $"{b.Id} "
                        + $"({(b.Alive ? words.Say($"进程 {b.Pid}", $"process {b.Pid}") : words.Say("已停止", "dead"))})"
                    )
                )
        );
        Row("操作", "effects", status.Effects.ToString(CultureInfo.InvariantCulture));
    }

    // Chinese characters take two columns.
    private void Row(string chinese, string english, string value) =>
        output.WriteLine(
            words.Say(chinese + "    ", english.PadRight(8))
                + value.Replace("\n", "\n        ", StringComparison.Ordinal)
        );

    private sealed record FaultRow(string Name, string Does, string Shows, string Cure, double Intensity);
}
