using System.Globalization;
using System.Security.Cryptography;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Bastion;

/// <param name="Folder">The bastion's own folder: sshd's files, the agent with its state, and the scripts it
/// runs.</param>
/// <param name="Source">The folder with <c>glancy-agent</c> and <c>commands.conf</c> to install.</param>
public sealed record BastionOptions(string Folder, string Source);

/// <summary>
/// A real sshd on a loopback port, whose one key may do one thing: speak to <c>glancy-agent</c>.
/// Scripts are found in the bastion's folder (<c>ops/bin/...</c>, <c>dr/bin/...</c>) and its <c>bin</c>.
/// </summary>
public sealed class BastionServer : IAsyncDisposable
{
    private const string Mark = "GLANCY_BASTION";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(20);

    private readonly BastionOptions options;
    private readonly string sshd = Programs.Find("sshd", "openssh-server");
    private ServiceProcess? process;

    private BastionServer(BastionOptions options)
    {
        this.options = options;
        HostKeyFingerprint = "";
    }

    public int Port { get; private set; }

    /// <summary>The account to log in as: our own.</summary>
    public string User { get; } = Account.Current.Name;

    /// <summary>The private key that may log in (OpenSSH format, no passphrase).</summary>
    public string KeyFile => Path.Combine(options.Folder, "ssh", "client_key");

    /// <summary>As <c>ssh-keygen -lf</c> prints it: <c>SHA256:</c> and base64 without padding.</summary>
    public string HostKeyFingerprint { get; private set; }

    public string Folder => options.Folder;

    /// <summary>Where the scripts' log of §2.3 goes here instead of <c>/var/log</c>.</summary>
    public string ScriptLog => Path.Combine(options.Folder, "var", "log", "rollback_stage.log");

    public ProcessIdentity? Process => process?.Identity;

    private string HostKey => Path.Combine(options.Folder, "ssh", "host_key");

    /// <exception cref="FileNotFoundException">sshd is not installed.</exception>
    /// <exception cref="InvalidOperationException">It did not come up; the message carries the log's tail.</exception>
    public static async Task<BastionServer> StartAsync(BastionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new BastionServer(options);
        try
        {
            await server.CreateKeysAsync(cancellationToken);
            server.InstallAgent();
            server.Port = LoopbackPort.Free();
            await server.WriteConfigurationAsync(cancellationToken);
            await server.LaunchAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Kills the processes that serve the open connections; new ones can be made at once. Commands that run in sessions
    /// of their own do not notice. Returns how many were killed.
    /// </summary>
    public async Task<int> CutConnectionsAsync(CancellationToken cancellationToken)
    {
        var servers = ConnectionServers();
        foreach (var server in servers)
        {
            server.Signal(Libc.Sigkill);
        }

        while (servers.Any(server => server.IsAlive))
        {
            await Task.Delay(10, cancellationToken);
        }

        return servers.Count;
    }

    /// <summary>
    /// Stops sshd and cuts its connections; <see cref="ResumeAsync"/> brings it back on the same port.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (process is not null)
        {
            var servers = ConnectionServers();
            await process.DisposeAsync();
            process = null;
            foreach (var server in servers)
            {
                server.Signal(Libc.Sigkill);
            }

            while (servers.Any(server => server.IsAlive))
            {
                await Task.Delay(10, cancellationToken);
            }
        }
    }

    /// <summary>Starts sshd again after <see cref="StopAsync"/>.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => LaunchAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        // Commands outlive their connection by design. A process may fork while we go through the list, and has no
        // variables while it becomes another program, so it is over when two looks in a row found nothing.
        for (var empty = 0; empty < 2; )
        {
            var left = CommandsLeft();
            left.ForEach(command => command.Signal(Libc.Sigkill));
            empty = left.Count > 0 ? 0 : empty + 1;
            await Task.Delay(10);
        }
    }

    // They are ours by the mark that sshd gave them, or by the PATH of agent.conf, which is all that the agent leaves
    // them.
    private List<ProcessIdentity> CommandsLeft() =>
        [
            .. ProcessIdentity
                .All()
                .Where(pid => ProcessIdentity.VariablesOf(pid).Any(IsOurs))
                .Select(pid => ProcessIdentity.Of("command", pid))
                .OfType<ProcessIdentity>(),
        ];

    private bool IsOurs(string variable) =>
        variable == $"{Mark}={options.Folder}"
        || variable.StartsWith($"PATH={options.Folder}:", StringComparison.Ordinal);

    private List<ProcessIdentity> ConnectionServers()
    {
        var found = new List<ProcessIdentity>();
        if (process is not null)
        {
            Collect(process.Identity.Pid);
        }

        return found;

        // The listener's child watches over the connection; under root it may have a child of its own that serves it.
        void Collect(int parent)
        {
            foreach (
                var pid in ProcessIdentity
                    .ChildrenOf(parent)
                    .Where(pid => ProcessIdentity.CommandOf(pid).StartsWith("sshd", StringComparison.Ordinal))
            )
            {
                if (ProcessIdentity.Of("sshd", pid) is { } identity)
                {
                    found.Add(identity);
                    Collect(pid);
                }
            }
        }
    }

    private async Task CreateKeysAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.Create(options.Folder);
        PrivateFolder.Create(Path.Combine(options.Folder, "ssh"));
        var keygen = Programs.Find("ssh-keygen", "openssh-client");
        await Task.WhenAll(
            ((string[])[HostKey, KeyFile]).Select(file =>
                ToolRun.RunAsync(
                    [keygen, "-q", "-t", "ed25519", "-N", "", "-C", "glancy-sandbox", "-f", file],
                    cancellationToken
                )
            )
        );
        var hostKey = (await File.ReadAllTextAsync(HostKey + ".pub", cancellationToken)).Split(' ')[1];
        HostKeyFingerprint =
            "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(hostKey))).TrimEnd('=');
    }

    private void InstallAgent()
    {
        foreach (var folder in (string[])["bin", "state", "var", "var/log"])
        {
            PrivateFolder.Create(Path.Combine(options.Folder, folder));
        }

        var agent = Path.Combine(options.Folder, "glancy-agent");
        File.Copy(Path.Combine(options.Source, "glancy-agent"), agent, overwrite: true);
        File.SetUnixFileMode(agent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // The one path of the allow-list that belongs to the machine and not to us.
        var commands = File.ReadAllText(Path.Combine(options.Source, "commands.conf"));
        File.WriteAllText(
            Path.Combine(options.Folder, "commands.conf"),
            commands.Replace("/var/log/rollback_stage.log", ScriptLog, StringComparison.Ordinal)
        );
        File.WriteAllText(
            Path.Combine(options.Folder, "agent.conf"),
            $"""
            [agent]
            path = {options.Folder}:{options.Folder}/bin:/usr/local/bin:/usr/bin:/bin
            state = {options.Folder}/state
            cwd = {options.Folder}

            """
        );
    }

    private async Task WriteConfigurationAsync(CancellationToken cancellationToken)
    {
        // SHLVL: bash reads the account's .bashrc when it is the first shell of a connection. What a developer has in
        // there costs time, and may wait for a lock that a killed shell has left behind; the agent wants nothing of it.
        var folder = options.Folder;
        var key = (await File.ReadAllTextAsync(KeyFile + ".pub", cancellationToken)).Trim();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "ssh", "authorized_keys"),
            $"restrict,command=\"{folder}/glancy-agent\" {key}\n",
            cancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "ssh", "sshd_config"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Port {Port}
                ListenAddress 127.0.0.1
                HostKey {HostKey}
                PidFile none
                AuthorizedKeysFile {folder}/ssh/authorized_keys
                PermitRootLogin yes
                PubkeyAuthentication yes
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                UsePAM no
                StrictModes no
                PrintMotd no
                PrintLastLog no
                MaxStartups 100
                MaxSessions 100
                LoginGraceTime 30
                SetEnv {Mark}={folder} SHLVL=1

                """
            ),
            cancellationToken
        );
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        // sshd under root insists on its privilege-separation folder, which the distribution makes only with its own
        // service.
        if (Account.IsRoot)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        process = ServiceProcess.Start(
            new ServiceCommand(
                "sshd",
                [sshd, "-D", "-e", "-f", Path.Combine(options.Folder, "ssh", "sshd_config")],
                Path.Combine(options.Folder, "ssh", "log"),
                options.Folder
            )
        );
        await process.WaitReadyAsync(token => LoopbackPort.AnswersAsync(Port, token), StartDeadline, cancellationToken);
    }
}
