using System.Data;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Glancy.Ops.Kernel.Database;

/// <summary>The bot's own database, by the bot's runtime role. The product's databases are others.</summary>
public sealed class BotDatabase(NpgsqlDataSource source)
{
    /// <summary>
    /// How records are kept in jsonb columns. <c>required</c> binds who makes a record; a row that was written before a
    /// member was there is read without it.
    /// </summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireNothing } },
            Converters = { new JsonStringEnumConverter() },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        source.OpenConnectionAsync(cancellationToken);

    /// <summary>Runs the work in one read-committed transaction; what it throws rolls everything back.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var inner = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var result = await work(new Transaction(connection, inner, cancellationToken));
        await inner.CommitAsync(cancellationToken);
        return result;
    }

    public Task InTransactionAsync(Func<Transaction, Task> work, CancellationToken cancellationToken) =>
        InTransactionAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql,
        object? parameters,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return (
            await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))
        ).AsList();
    }

    /// <summary>A connection for somebody who has one all the time.</summary>
    public HeldConnection Hold() => new(source);

    public async Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)
        );
    }

    private static void RequireNothing(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            member.IsRequired = false;
        }
    }
}

/// <summary>One open transaction of the bot's database.</summary>
public sealed class Transaction(
    NpgsqlConnection connection,
    NpgsqlTransaction inner,
    CancellationToken cancellationToken
)
{
    public CancellationToken CancellationToken => cancellationToken;

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Define(sql, parameters))).AsList();

    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        connection.ExecuteAsync(Define(sql, parameters));

    private CommandDefinition Define(string sql, object? parameters) =>
        new(sql, parameters, inner, cancellationToken: cancellationToken);
}

/// <summary>A jsonb parameter.</summary>
public sealed class Jsonb(string? text) : SqlMapper.ICustomQueryParameter
{
    public static Jsonb Of<T>(T value) => new(JsonSerializer.Serialize(value, BotDatabase.Json));

    /// <summary>A null needs its type said as well.</summary>
    public static Jsonb OfNullable<T>(T? value)
        where T : class => value is null ? new Jsonb(null) : Of(value);

    public void AddParameter(IDbCommand command, string name)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Jsonb) { Value = (object?)text ?? DBNull.Value });
    }
}
