using System.Globalization;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Processes;

namespace Glancy.Bot.Tests.Crash;

/// <summary>The processes that serve the bastion's open connections.</summary>
public static class SshSessions
{
    private const int Stop = 19;
    private const int Continue = 18;

    public static IReadOnlyList<ProcessIdentity> Of(BastionServer bastion)
    {
        ArgumentNullException.ThrowIfNull(bastion);
        var found = new List<ProcessIdentity>();
        Collect(bastion.Process?.Pid ?? -1);
        return found;

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

    public static void Freeze(this ProcessIdentity process)
    {
        ArgumentNullException.ThrowIfNull(process);
        process.Signal(Stop);
    }

    public static void Thaw(this ProcessIdentity process)
    {
        ArgumentNullException.ThrowIfNull(process);
        process.Signal(Continue);
    }

    /// <summary>Whether something was sent to the bastion that nobody there has read yet.</summary>
    public static bool HasUnreadWords(this BastionServer bastion)
    {
        ArgumentNullException.ThrowIfNull(bastion);
        const string Established = "01";
        var local = string.Create(CultureInfo.InvariantCulture, $"0100007F:{bastion.Port:X4}");
        return File.ReadLines("/proc/net/tcp")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields =>
                fields[1] == local
                && fields[3] == Established
                && !fields[4].EndsWith(":00000000", StringComparison.Ordinal)
            );
    }
}
