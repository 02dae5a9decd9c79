using System.Data.Common;
using System.Net.Sockets;

namespace Glancy.Ops.Database;

/// <summary>What is certain when the database fails under a statement.</summary>
public static class DatabaseLoss
{
    /// <summary>Whether there was no connection in the first place, so that nothing can have been recorded.</summary>
    public static bool NeverConnected(this DbException failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        return failed.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable }
            || failed.SqlState is "57P03" or "53300" or "28P01" or "3D000";
    }
}
