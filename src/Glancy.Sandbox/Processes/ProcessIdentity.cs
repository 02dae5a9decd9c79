using System.Globalization;
using System.Text.Json.Serialization;

namespace Glancy.Sandbox.Processes;

/// <summary>
/// A process that cannot be mistaken for a later one with the same number: its start time in clock ticks
/// and the boot it started under go with it.
/// </summary>
public sealed record ProcessIdentity(string Name, int Pid, long StartTicks, string Boot)
{
    private const int StartTimeField = 22;
    private const int ParentField = 4;
    private const int StateField = 3;

    /// <summary>Null when there is no such process (any more).</summary>
    public static ProcessIdentity? Of(string name, int pid) =>
        Fields(pid) is { } fields && fields[0] is not ("Z" or "X")
            ? new ProcessIdentity(
                name,
                pid,
                long.Parse(fields[StartTimeField - StateField], CultureInfo.InvariantCulture),
                CurrentBoot()
            )
            : null;

    [JsonIgnore]
    public bool IsAlive => Of(Name, Pid) == this;

    /// <summary>Signals the process if it is still the same one.</summary>
    public bool Signal(int signal) => IsAlive && Libc.Kill(Pid, signal) == 0;

    /// <summary>The living processes whose parent is <paramref name="parent"/>.</summary>
    public static IEnumerable<int> ChildrenOf(int parent) =>
        All()
            .Where(pid =>
                Fields(pid) is { } fields
                && fields[ParentField - StateField] == parent.ToString(CultureInfo.InvariantCulture)
            );

    /// <summary>Every process of the machine that may be looked at.</summary>
    public static IEnumerable<int> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Select(name => int.TryParse(name, out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    /// <summary>The program's short name, as the kernel keeps it; empty when the process is gone.</summary>
    public static string CommandOf(int pid) => ReadOrEmpty($"/proc/{pid}/comm").TrimEnd('\n');

    /// <summary>
    /// The variables a process was started with, as <c>NAME=value</c>; none when they may not be seen.
    /// </summary>
    public static IEnumerable<string> VariablesOf(int pid) => ReadOrEmpty($"/proc/{pid}/environ").Split('\0');

    // The name in parentheses may hold spaces; the numbered fields are counted from behind it.
    private static string[]? Fields(int pid)
    {
        var stat = ReadOrEmpty($"/proc/{pid}/stat");
        var end = stat.LastIndexOf(')');
        return end < 0 ? null : stat[(end + 2)..].Split(' ');
    }

    private static string CurrentBoot() => ReadOrEmpty("/proc/sys/kernel/random/boot_id").TrimEnd('\n');

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
