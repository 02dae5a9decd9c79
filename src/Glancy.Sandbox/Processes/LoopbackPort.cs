using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Glancy.Sandbox.Processes;

/// <summary>A port on 127.0.0.1 that nobody listens on.</summary>
public static class LoopbackPort
{
    // Below the ports that the kernel gives to outgoing connections: none of those can take one before its listener
    // starts, or between two starts.
    private const int Lowest = 20_000;
    private const int Many = 12_000;
    private static int tried = RandomNumberGenerator.GetInt32(Many);

    /// <summary>
    /// Another port with each call. Between here and the listener's start another process may take it; the listener
    /// then fails to start and its owner tries another port.
    /// </summary>
    /// <exception cref="InvalidOperationException">Every port is taken.</exception>
    public static int Free()
    {
        for (var i = 0; i < Many; i++)
        {
            var port = Lowest + (int)((uint)Interlocked.Increment(ref tried) % Many);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there; the next one.
            }
        }

        throw new InvalidOperationException("No port on 127.0.0.1 is free.");
    }

    /// <summary>Whether something accepts connections there.</summary>
    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
