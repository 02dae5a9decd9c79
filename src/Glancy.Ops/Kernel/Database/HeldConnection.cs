using System.Data;
using System.Diagnostics;
using Dapper;
using Npgsql;

namespace Glancy.Ops.Kernel.Database;

/// <summary>
/// One connection that one thread keeps for itself while it asks again and again: the server has at hand what it asked
/// before, and nobody else's work makes it wait for a free one.
/// </summary>
/// <remarks>
/// Asked after a pause, it is given back and one is taken anew: the pool hears from everybody else's when the server is
/// gone, and a question that never left is told apart from one whose fate nobody knows.
/// </remarks>
public sealed class HeldConnection(NpgsqlDataSource source) : IDisposable
{
    private NpgsqlConnection? connection;
    private long asked;

    /// <summary>After how long without a question the next one has a connection taken anew.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <exception cref="NpgsqlException">As of any connection; the next question has a new one where this one
    /// broke.</exception>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters)
    {
        var answer = Open().Query<T>(sql, parameters).AsList();
        asked = Stopwatch.GetTimestamp();
        return answer;
    }

    public void Dispose() => connection?.Dispose();

    private NpgsqlConnection Open()
    {
        if (connection is not { State: ConnectionState.Open } || Stopwatch.GetElapsedTime(asked) > Pause)
        {
            connection?.Dispose();
            connection = null;

            // Opened on this thread itself, it takes the driver seconds to see that nobody listens any more.
            connection = Task.Run(async () => await source.OpenConnectionAsync()).GetAwaiter().GetResult();
        }

        return connection;
    }
}
