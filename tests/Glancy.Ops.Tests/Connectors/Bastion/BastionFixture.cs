using System.Diagnostics;
using System.Runtime.CompilerServices;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using ClientOptions = Glancy.Ops.Connectors.Bastion.BastionOptions;
using ServerOptions = Glancy.Sandbox.Bastion.BastionOptions;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>
/// A real sshd with the real agent and an allow-list of harmless commands. <c>note</c> writes a word into a file, so
/// effects can be counted; <c>hold</c> does not end until it is released.
/// </summary>
public sealed class BastionFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Commands = """
        [note]
        effect = run
        run = note --word {word} --fixed a{word}z
        param.word = [a-z0-9 ;$()'"|&<>*.-]{1,60}
        [hold]
        effect = run
        run = hold {name}
        param.name = [a-z0-9-]+
        timeout = 60
        [spawn]
        effect = run
        run = spawn {name}
        param.name = [a-z0-9-]+
        timeout = 60
        [hang]
        effect = run
        run = hang {name}
        param.name = [a-z0-9-]+
        timeout = 1
        [flood]
        effect = run
        run = flood
        [show]
        effect = read
        run = show {word}
        param.word = [a-z0-9]+
        timeout = 5
        [wait]
        effect = read
        run = sleep {seconds}
        param.seconds = [0-9]{1,2}
        timeout = 1
        digest = bin/note
        [linger]
        effect = read
        run = hold {name}
        param.name = [a-z0-9-]+
        timeout = 60

        """;

    private readonly string _root = PrivateFolder.CreateTemporary("glancy-bastion");
    private readonly List<BastionConnection> _connections = [];
    private BastionServer? _server;
    private int _runs;

    public BastionServer Server => _server ?? throw new InvalidOperationException("not started");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string State => Path.Combine(Server.Folder, "state");

    /// <summary>
    /// The repository's <c>bastion/</c>, found from this file: the program may have been built anywhere.
    /// </summary>
    public static string Shipped([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile) ?? ".", "../../../../bastion"));

    public async ValueTask InitializeAsync()
    {
        var source = Directory.CreateDirectory(Path.Combine(_root, "source")).FullName;
        File.Copy(Path.Combine(Shipped(), "glancy-agent"), Path.Combine(source, "glancy-agent"));
        await File.WriteAllTextAsync(Path.Combine(source, "commands.conf"), Commands, Token);
        _server = await BastionServer.StartAsync(new ServerOptions(Path.Combine(_root, "bastion"), source), Token);
        Install(
            "note",
            "echo \"$2\" >>notes; printf '<%s>' \"$@\"; echo; echo \"$GLANCY_KEY\"; [[ $2 != fail* ]] || exit 3"
        );
        Install("hold", "echo \"$1\" >>notes; echo begun; until [[ -e released-$1 ]]; do sleep 0.02; done; echo done");
        // Its work is a background job's; it waits for it.
        Install("spawn", "(until [[ -e released-$1 ]]; do sleep 0.02; done) & echo \"$1\" >>notes; wait");

        // Ignores the polite signal, and so does what it leaves in the background.
        Install(
            "hang",
            "trap '' TERM; (while :; do sleep 1; done) & echo \"$$ $!\" >\"hung-$1\"; while :; do sleep 1; done"
        );
        Install("flood", "head -c 3000000 /dev/zero | tr '\\0' x");
        Install("show", "echo \"shown: $1\"; echo warning >&2; [[ $1 != fail ]] || exit 4");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        PrivateFolder.Delete(_root);
    }

    /// <summary>Writes a script where the agent finds it.</summary>
    public void Install(string name, string script)
    {
        var path = Path.Combine(Server.Folder, "bin", name);
        File.WriteAllText(path, $"#!/bin/bash\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public ClientOptions Options() =>
        new()
        {
            Host = "127.0.0.1",
            Port = Server.Port,
            User = Server.User,
            KeyFile = Server.KeyFile,
            HostKey = Server.HostKeyFingerprint,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            CommandTimeout = TimeSpan.FromSeconds(30),
        };

    /// <summary>A connection of its own, closed with the fixture.</summary>
    internal BastionConnection Connection(Action<ClientOptions>? change = null)
    {
        var options = Options();
        change?.Invoke(options);
        var connection = new BastionConnection(
            Microsoft.Extensions.Options.Options.Create(options),
            NullLogger<BastionConnection>.Instance
        );
        _connections.Add(connection);
        return connection;
    }

    public IBastion Client(Action<ClientOptions>? change = null) => new SshBastion(Connection(change));

    /// <summary>A run nobody has used yet.</summary>
    public string NewRun() => $"R-{Interlocked.Increment(ref _runs)}";

    public static BastionStart Start(
        string run,
        string command,
        string name,
        string value,
        long epoch = 1,
        string step = "execute",
        BastionAnchor? anchor = null
    ) => new($"{run}/{step}/1", run, epoch, command, new Dictionary<string, string> { [name] = value }, anchor);

    /// <summary>How often a command that notes <paramref name="word"/> took effect.</summary>
    public int Effects(string word)
    {
        var notes = Path.Combine(Server.Folder, "notes");
        return File.Exists(notes) ? File.ReadAllLines(notes).Count(line => line == word) : 0;
    }

    public void Release(string name) => File.WriteAllText(Path.Combine(Server.Folder, $"released-{name}"), "");

    public string KeyFolder(string key) => Path.Combine(State, "keys", key.Replace('/', '@'));

    /// <summary>The pid that watches over a key's command.</summary>
    public int Runner(string key) =>
        int.Parse(File.ReadAllText(Path.Combine(KeyFolder(key), "pid")).Split(' ')[0], null);

    /// <summary>The session that a key's command runs in; the pid of its first process.</summary>
    public int Session(string key) =>
        int.Parse(File.ReadAllText(Path.Combine(KeyFolder(key), "session")).Split(' ')[0], null);

    /// <summary>Another agent, until disposed.</summary>
    public IAsyncDisposable WithAgent(Func<string, string> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var path = Path.Combine(Server.Folder, "glancy-agent");
        var right = File.ReadAllText(path);
        var other = edit(right);
        Assert.NotEqual(right, other);
        Replace(other);
        return new Undo(() => Replace(right));

        // Renamed into place: a running bash reads on in the file it has opened.
        void Replace(string text)
        {
            File.WriteAllText(path + ".other", text);
            File.SetUnixFileMode(path + ".other", File.GetUnixFileMode(path));
            File.Move(path + ".other", path, overwrite: true);
        }
    }

    /// <summary>Holds the lock of the agent's state until disposed, so that requests arrive and wait.</summary>
    public async Task<IAsyncDisposable> LockStateAsync()
    {
        var start = new ProcessStartInfo("flock") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in (string[])[Path.Combine(State, "lock"), "sh", "-c", "echo locked; read -r _"])
        {
            start.ArgumentList.Add(word);
        }

        var holder = new Lock(
            Process.Start(start) ?? throw new InvalidOperationException("flock could not be started.")
        );
        Assert.Equal("locked", await holder.Process.StandardOutput.ReadLineAsync(Token));
        return holder;
    }

    /// <summary>Whether an agent has arrived at the lock that <see cref="LockStateAsync"/> holds.</summary>
    public bool IsRequestWaiting()
    {
        var path = Path.Combine(State, "lock");
        return ProcessIdentity
            .All()
            .Any(pid =>
            {
                try
                {
                    return ProcessIdentity.CommandOf(pid) == "flock"
                        && File.ReadAllText($"/proc/{pid}/cmdline").Contains("\0-w\0", StringComparison.Ordinal)
                        && Directory
                            .GetFiles($"/proc/{pid}/fd")
                            .Any(descriptor =>
                                File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName == path
                            );
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // Gone between two looks, or somebody else's.
                    return false;
                }
            });
    }

    public static async Task<BastionReply.Answered> EndAsync(IBastion client, string key)
    {
        BastionReply.Answered? last = null;
        await UntilAsync(async () =>
            (last = Answered(await client.StatusAsync(key, Token))).State != BastionState.Running
        );
        return last ?? throw new InvalidOperationException("never asked");
    }

    public static BastionReply.Answered Answered(BastionReply reply) => Assert.IsType<BastionReply.Answered>(reply);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, "it did not come true in time");
            await Task.Delay(20, Token);
        }
    }

    private sealed class Undo(Action action) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            action();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Lock(Process process) : IAsyncDisposable
    {
        public Process Process => process;

        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }
}
