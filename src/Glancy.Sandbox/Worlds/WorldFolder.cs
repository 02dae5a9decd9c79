using System.Text.Json;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Worlds;

/// <summary>What <c>world.json</c> says: where everything is, and which processes are the world's.</summary>
public sealed record WorldFile
{
    public required ProcessIdentity Sandbox { get; init; }

    public required IReadOnlyList<ProcessIdentity> Processes { get; init; }

    public Uri? Control { get; init; }

    public Uri? Prometheus { get; init; }

    public Uri? Alertmanager { get; init; }

    public Postgres.WorldDatabases? Databases { get; init; }

    public RedisPlace? Redis { get; init; }

    public BastionPlace? Bastion { get; init; }

    public SlackPlace? Slack { get; init; }

    public IReadOnlyList<ReplicaPlace> Replicas { get; init; } = [];

    /// <summary>The folder of the bots' sockets.</summary>
    public string? Sockets { get; init; }

    /// <summary>The product's Redis: the queues are in database 5.</summary>
    public sealed record RedisPlace(string Host, int Port, string Password);

    /// <param name="Api">Address of the Web API, with its <c>/api/</c>.</param>
    public sealed record SlackPlace(Uri Api, string SigningSecret, string BotToken);

    public sealed record BastionPlace(
        string Host,
        int Port,
        string User,
        string KeyFile,
        string HostKey,
        string Folder
    );
}

/// <summary>
/// A world's folder: <c>world.json</c>, <c>postgres/</c>, <c>prometheus/</c>, <c>redis/</c>, <c>alertmanager/</c>,
/// <c>bastion/</c>, <c>bot/</c>, <c>run/</c> with the sockets.
/// </summary>
public sealed class WorldFolder(string path)
{
    // A socket's path has 108 bytes at most; "/run/" and a name of 12 go behind this.
    private const int LongestPath = 85;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Path => path;

    public string Postgres => In("postgres");

    public string Prometheus => In("prometheus");

    public string Redis => In("redis");

    public string Alertmanager => In("alertmanager");

    public string Bastion => In("bastion");

    public string Sockets => In("run");

    private string File => In("world.json");

    /// <summary>The place a user's world has when nothing else is said.</summary>
    public static string Default =>
        Environment.GetEnvironmentVariable("GLANCY_SANDBOX_DIR") is { Length: > 0 } chosen
            ? System.IO.Path.GetFullPath(chosen)
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"glancy-sandbox-{Account.Current.Name}");

    public ReplicaPlace Replica(string id) =>
        new(id, System.IO.Path.Combine(Sockets, id + ".sock"), In($"bot/{id}.log"), In($"bot/{id}.kill"));

    /// <summary>
    /// Makes the folder ready for a new world. What a crashed one left behind is removed: its processes, if they are
    /// still the ones it wrote down, and its files.
    /// </summary>
    /// <exception cref="InvalidOperationException">A world lives there, or something that is no world.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (path.Length > LongestPath)
        {
            throw new InvalidOperationException(
                $"{path} is too long for the sockets inside; choose a folder with at most {LongestPath} characters."
            );
        }

        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            var stale =
                await ReadAsync(cancellationToken)
                ?? throw new InvalidOperationException(
                    $"{path} is not empty and holds no world; choose another folder with --dir."
                );
            if (stale.Sandbox.IsAlive)
            {
                throw new InvalidOperationException(
                    $"A world already lives in {path} (process {stale.Sandbox.Pid}); end it with 'down', or choose "
                        + $"another folder with --dir."
                );
            }

            foreach (var left in stale.Processes)
            {
                left.Signal(Libc.Sigkill);
            }

            PrivateFolder.Delete(path);
        }

        PrivateFolder.CreatePassable(path);
        PrivateFolder.Create(Sockets);
        PrivateFolder.Create(In("bot"));
    }

    /// <summary>Null when there is no world, or a file that is none.</summary>
    public async Task<WorldFile?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<WorldFile>(
                await System.IO.File.ReadAllTextAsync(File, cancellationToken),
                Json
            );
        }
        catch (Exception none) when (none is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file at once, so that a reader sees the old or the new one.</summary>
    public void Write(WorldFile file)
    {
        var next = File + ".new";
        using (
            var stream = new FileStream(
                next,
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            JsonSerializer.Serialize(stream, file, Json);
        }

        System.IO.File.Move(next, File, overwrite: true);
    }

    public void Delete() => PrivateFolder.Delete(path);

    private string In(string name) => System.IO.Path.Combine(path, name);
}
