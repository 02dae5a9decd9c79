using System.Data.Common;
using System.Net.Sockets;

namespace Glancy.Ops.Kernel.Database;

/// <summary>What is certain when the database fails under a statement.</summary>
public static class DatabaseLoss
{
    /// <summary>Whether there was no connection in the first place, so that nothing can have been recorded.</summary>
    public static bool NeverConnected(this DbException failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        return failed.GetBaseException()
                is SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused
                        or SocketError.HostNotFound
                        or SocketError.HostUnreachable
                        or SocketError.NetworkUnreachable
                }
            || failed.SqlState is "57P03" or "53300" or "28P01" or "3D000";
    }

    /// <summary>
    /// Whether it is the database's own trouble, that passes: what is said to it may go well the next time. Otherwise
    /// it is the statement that fails.
    /// </summary>
    public static bool IsPassing(this DbException failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        return failed.IsTransient
            || failed.NeverConnected()
            || failed.SqlState is null
            || failed.SqlState.StartsWith("08", StringComparison.Ordinal)
            || failed.SqlState.StartsWith("57P", StringComparison.Ordinal);
    }

    /// <summary>Whether it is the work itself that failed: not the database, and not the time that was left.</summary>
    public static bool IsOfWork(this Exception fault) =>
        fault is not OperationCanceledException && !(fault is DbException failed && failed.IsPassing());
}
