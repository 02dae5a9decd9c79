using System.Net;
using System.Net.Sockets;

namespace Glancy.Sandbox.Processes;

/// <summary>A port on 127.0.0.1 that nobody listens on.</summary>
public static class LoopbackPort
{
    /// <summary>
    /// Asks the kernel for a port from its ephemeral range and gives it back. Between here and the listener's start another
    /// process may take it; the listener then fails to start and its owner tries another port.
    /// </summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
