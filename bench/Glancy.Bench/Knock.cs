using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Glancy.Bench;

/// <summary>
/// One request over a connection of its own. Nobody listening is an answer and no exception: who is asked every two
/// milliseconds is not to be kept from starting by the asking.
/// </summary>
internal static class Knock
{
    public static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: knock\r\nConnection: close\r\n\r\n";

    public static string Put(string path, string json) =>
        $"PUT {path} HTTP/1.1\r\nHost: knock\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}";

    /// <summary>Whether it was answered, and neither with a refusal nor with a failure.</summary>
    public static async Task<bool> IsAnsweredAsync(EndPoint at, string request)
    {
        using var socket = Socket(at);
        if (!await ConnectsAsync(socket, at))
        {
            return false;
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var answer = new byte[64];
        var read = await socket.ReceiveAsync(answer);
        return Encoding.ASCII.GetString(answer, 0, read).StartsWith("HTTP/1.1 2", StringComparison.Ordinal);
    }

    /// <summary>Whether anybody is there.</summary>
    public static async Task<bool> IsListenedToAsync(EndPoint at)
    {
        using var socket = Socket(at);
        return await ConnectsAsync(socket, at);
    }

    private static Socket Socket(EndPoint at) =>
        new(
            at.AddressFamily,
            SocketType.Stream,
            at.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp
        );

    private static async Task<bool> ConnectsAsync(Socket socket, EndPoint at)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var connect = new SocketAsyncEventArgs { RemoteEndPoint = at };
        connect.Completed += (_, _) => done.TrySetResult();
        if (socket.ConnectAsync(connect))
        {
            await done.Task;
        }

        return connect.SocketError == SocketError.Success;
    }
}
