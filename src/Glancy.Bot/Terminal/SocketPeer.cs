using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections.Features;

namespace Glancy.Bot.Terminal;

/// <summary>
/// Who is at the other end of the unix socket, as the kernel knows it; nothing the client says counts.
/// </summary>
internal sealed class SocketPeer
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    private readonly ConcurrentDictionary<uint, string> logins = new();

    /// <summary>
    /// The account's name; its number after a <c>#</c> when it has none, or <c>?</c> when the connection has no peer.
    /// </summary>
    public string Login(IConnectionSocketFeature? connection)
    {
        if (connection is not { Socket.AddressFamily: AddressFamily.Unix })
        {
            return "?";
        }

        // struct ucred: pid, uid, gid.
        Span<byte> credentials = stackalloc byte[12];
        connection.Socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        var uid = MemoryMarshal.Read<uint>(credentials[4..]);
        return logins.GetOrAdd(uid, NameOf);
    }

    // Asked of the system, so that accounts from a directory service are known too.
    private static string NameOf(uint uid)
    {
        var number = uid.ToString(CultureInfo.InvariantCulture);
        using var id = Process.Start(
            new ProcessStartInfo("id", ["-nu", number]) { RedirectStandardOutput = true, RedirectStandardError = true }
        );
        if (id is null)
        {
            return "#" + number;
        }

        var name = id.StandardOutput.ReadToEnd().Trim();
        id.WaitForExit();
        return id.ExitCode == 0 && name.Length > 0 ? name : "#" + number;
    }
}
