using System.Data;
using Dapper;
using Npgsql;

namespace Glancy.Ops.Kernel.Database;

/// <summary>
/// One connection that one thread keeps for itself: the server has at hand what it asked before, and nobody else's work
/// makes it wait for a free one. Opened when it is first asked, and again after it broke.
/// </summary>
public sealed class HeldConnection(NpgsqlDataSource source) : IDisposable
{
    private NpgsqlConnection? connection;

    /// <exception cref="NpgsqlException">As of any connection; the next question has a new one where this one
    /// broke.</exception>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters) => Open().Query<T>(sql, parameters).AsList();

    public void Dispose() => connection?.Dispose();

    private NpgsqlConnection Open()
    {
        if (connection is not { State: ConnectionState.Open })
        {
            connection?.Dispose();
            connection = null;
            connection = source.OpenConnection();
        }

        return connection;
    }
}
