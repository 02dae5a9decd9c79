using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Glancy.Bench;

/// <summary>The terminal's words to a replica over its socket, without a process for each line.</summary>
internal sealed class Talk(string socketFile) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(socketFile, token) }) { BaseAddress = new Uri("http://bot") };

    /// <summary>What a person's line answers, as data.</summary>
    public async Task<JsonElement> DataAsync(string person, params string[] words)
    {
        var request = new { argv = (string[])[.. words, "--json"], @as = person, culture = "en", width = 100, colour = false };
        using var response = await http.PostAsJsonAsync(new Uri("/terminal", UriKind.Relative), request);
        var said = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Said>(line, JsonSerializerOptions.Web)).OfType<Said>().ToList();
        var answer = said.Where(s => s.Out is not null).SelectMany(s => $"{s.Out}".Split('\n', StringSplitOptions.RemoveEmptyEntries)).LastOrDefault()
            ?? throw new InvalidOperationException($"{string.Join(' ', words)}: {string.Join(' ', said.Select(s => s.Err))}");
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }

    public void Dispose() => http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string socketFile, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketFile), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private sealed record Said(string? Out, string? Err, int? Exit);
}
