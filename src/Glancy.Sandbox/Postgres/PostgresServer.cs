using Glancy.Sandbox.Processes;
using Npgsql;

namespace Glancy.Sandbox.Postgres;

/// <summary>How a restart treats what is open.</summary>
public enum RestartKind
{
    /// <summary>Connections are ended, everything is written out.</summary>
    Fast,

    /// <summary>As after a crash: nothing is written out, the log is replayed at the next start.</summary>
    Immediate,
}

/// <param name="Folder">A folder of its own; made when missing.</param>
/// <param name="Durable">Whether it waits for the disk. Without, an acknowledged commit still survives any death of the
/// server process.</param>
public sealed record PostgresOptions(string Folder, bool Durable = false);

/// <summary>
/// A private PostgreSQL on a loopback port: scram passwords, no socket files, its own folder. Root starts it under
/// another account, since PostgreSQL refuses root.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string ProductSchema = Embedded.Text("product.sql");
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly PostgresOptions options;
    private readonly RolePasswords passwords;
    private readonly Account account = Account.Unprivileged;
    private ServiceProcess? process;

    private PostgresServer(PostgresOptions options, RolePasswords passwords)
    {
        this.options = options;
        this.passwords = passwords;
    }

    public int Port { get; private set; }

    public ProcessIdentity? Process => process?.Identity;

    /// <summary>The pair made at the start: <c>glancy</c> and <c>product</c>.</summary>
    public WorldDatabases Databases => Addresses.Pair("glancy", "product");

    private PostgresAddresses Addresses => new(Port, passwords);

    private string Data => Path.Combine(options.Folder, "data");

    private string Log => Path.Combine(options.Folder, "log");

    /// <summary>Makes a new cluster with the roles and the first pair of databases.</summary>
    /// <exception cref="FileNotFoundException">PostgreSQL is not installed.</exception>
    /// <exception cref="InvalidOperationException">It did not come up; the message carries the log's tail.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new PostgresServer(options, RolePasswords.Random());
        try
        {
            await server.InitialiseAsync(cancellationToken);
            await server.LaunchAsync(cancellationToken);
            await server.CreateRolesAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Makes the pair <c>glancy_NAME</c> and <c>product_NAME</c>: empty, or copies of a pair nobody is connected to.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and underscores.</param>
    public async Task<WorldDatabases> CreateWorldDatabasesAsync(
        string name,
        WorldDatabases? copyOf,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException(
                $"'{name}' is no name for a database here: lower-case letters, digits and underscores.",
                nameof(name)
            );
        }

        var pair = Addresses.Pair($"glancy_{name}", $"product_{name}");
        await CreatePairAsync(pair, copyOf, cancellationToken);
        return pair;
    }

    /// <inheritdoc cref="CreateWorldDatabasesAsync(string, WorldDatabases?, CancellationToken)"/>
    public Task<WorldDatabases> CreateWorldDatabasesAsync(string name, CancellationToken cancellationToken) =>
        CreateWorldDatabasesAsync(name, null, cancellationToken);

    /// <summary>Removes a pair, ending whatever is connected to it.</summary>
    public async Task DropWorldDatabasesAsync(WorldDatabases pair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        await RunAsync(
            "postgres",
            [
                $"drop database if exists {pair.BotName} with (force)",
                $"drop database if exists {pair.ProductName} with (force)",
            ],
            cancellationToken
        );
    }

    /// <summary>Stops it and starts it again on the same port.</summary>
    public async Task RestartAsync(RestartKind kind, CancellationToken cancellationToken)
    {
        await StopAsync(kind);
        await LaunchAsync(cancellationToken);
    }

    /// <summary>Stops it; <see cref="ResumeAsync"/> brings it back on the same port.</summary>
    public async Task StopAsync(RestartKind kind)
    {
        if (process is not null)
        {
            await process.StopAsync(kind == RestartKind.Fast ? Libc.Sigint : Libc.Sigquit, TimeSpan.FromSeconds(15));
            await process.DisposeAsync();
            process = null;
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => LaunchAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await StopAsync(RestartKind.Immediate);

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.CreatePassable(options.Folder);
        account.Own(options.Folder);
        var passwordFile = Path.Combine(options.Folder, "superuser");
        await File.WriteAllTextAsync(passwordFile, passwords.Superuser, cancellationToken);
        File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        account.Own(passwordFile);
        await ToolRun.RunAsync(
            [
                .. account.Prefix,
                Programs.FindPostgres("initdb"),
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                $"--username={PostgresAddresses.Superuser}",
                "--auth=scram-sha-256",
                $"--pwfile={passwordFile}",
                $"--pgdata={Data}",
            ],
            cancellationToken
        );
        await File.WriteAllTextAsync(Log, "", cancellationToken);
        account.Own(Log);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        Port = Port == 0 ? LoopbackPort.Free() : Port;
        // synchronous_commit stays on: with it off, an immediate stop would lose commits the client was told of.
        string[] settings =
        [
            $"port={Port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=300",
            "shared_buffers=64MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=off",
            "jit=off",
            .. options.Durable ? Array.Empty<string>() : ["fsync=off", "full_page_writes=off"],
        ];
        process = ServiceProcess.Start(
            new ServiceCommand(
                "postgres",
                [
                    .. account.Prefix,
                    Programs.FindPostgres("postgres"),
                    "-D",
                    Data,
                    .. settings.SelectMany(s => new[] { "-c", s }),
                ],
                Log,
                options.Folder
            )
        );
        await process.WaitReadyAsync(AcceptsAsync, StartDeadline, cancellationToken);
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        if (!await LoopbackPort.AnswersAsync(Port, cancellationToken))
        {
            return false;
        }

        try
        {
            await RunAsync("postgres", ["select 1"], cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // starting up, or replaying its log
        }
    }

    private async Task CreateRolesAsync(CancellationToken cancellationToken)
    {
        // Before PostgreSQL 15 everybody may create in "public"; databases made from this template must not allow it.
        await RunAsync("template1", ["revoke create on schema public from public"], cancellationToken);
        await RunAsync(
            "postgres",
            passwords.ByRole.Select(r =>
                $"create role {r.Key} login nosuperuser nocreatedb nocreaterole noreplication password '{r.Value}'"
            ),
            cancellationToken
        );
        await CreatePairAsync(Databases, null, cancellationToken);
    }

    private async Task CreatePairAsync(WorldDatabases pair, WorldDatabases? copyOf, CancellationToken cancellationToken)
    {
        var how = await CopyingAsync(cancellationToken);
        await RunAsync(
            "postgres",
            [
                $"create database {pair.BotName} template {copyOf?.BotName ?? "template1"} owner glancy_migrator{how}",
                $"create database {pair.ProductName} template {copyOf?.ProductName ?? "template1"} owner "
                    + $"product_owner{how}",
                $"revoke all on database {pair.BotName} from public",
                $"revoke all on database {pair.ProductName} from public",
                $"grant connect on database {pair.BotName} to glancy_bot",
                $"grant connect on database {pair.ProductName} to glancy_ops",
            ],
            cancellationToken
        );
        if (copyOf is null)
        {
            await using var product = NpgsqlDataSource.Create(PostgresAddresses.Unpooled(pair.ProductOwner));
            await using var schema = product.CreateCommand(ProductSchema);
            await schema.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // PostgreSQL 15 and later write every page of a copy to the log; where nothing has to survive a loss of power,
    // copying the files takes half the time.
    private async Task<string> CopyingAsync(CancellationToken cancellationToken)
    {
        if (options.Durable)
        {
            return "";
        }

        await using var connection = new NpgsqlConnection(
            PostgresAddresses.Unpooled(Addresses.Of("postgres", PostgresAddresses.Superuser))
        );
        await connection.OpenAsync(cancellationToken);
        return connection.PostgreSqlVersion.Major >= 15 ? " strategy = file_copy" : "";
    }

    private async Task RunAsync(string database, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            PostgresAddresses.Unpooled(Addresses.Of(database, PostgresAddresses.Superuser))
        );
        await connection.OpenAsync(cancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
