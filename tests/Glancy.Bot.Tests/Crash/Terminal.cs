using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Glancy.Bot.Terminal;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bot.Tests.Crash;

/// <summary>What a replica said to a line of words.</summary>
/// <param name="Exit">Null when it died before the end of its answer.</param>
public sealed record TimeText(int? Exit, string Out, string Err)
{
    public override string ToString() =>
        $"exit {Exit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}: {Out}{Err}";
}

/// <summary>A person at a terminal: words over a replica's socket, as the client sends them.</summary>
public static class Terminal
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<TimeText> SayAsync(
        BotReplica replica,
        string person,
        IReadOnlyList<string> argv,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(replica);
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectCallback = (_, token) => ConnectAsync(replica.Place.Socket, token),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        int? exit = null;
        StringBuilder output = new(),
            errors = new();
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "http://glancy/terminal")
            {
                Content = JsonContent.Create(
                    new
                    {
                        argv,
                        @as = person,
                        culture = "en-US",
                        width = 120,
                        colour = false,
                    },
                    options: Json
                ),
            };
            using var response = await client.SendAsync(
                message,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            response.EnsureSuccessStatusCode();
            using var lines = new StreamReader(
                await response.Content.ReadAsStreamAsync(cancellationToken),
                Encoding.UTF8
            );
            while (exit is null && await lines.ReadLineAsync(cancellationToken) is { } text)
            {
                var piece = TerminalPiece.Read(text);
                output.Append(piece?.Out);
                errors.Append(piece?.Err);
                exit = piece?.Exit;
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException)
        {
            errors.Append(broken.Message);
        }

        return new TimeText(exit, output.ToString(), errors.ToString());
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
