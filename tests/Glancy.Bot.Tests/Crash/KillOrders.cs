namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// The file that all replicas of the harness share: it names where one of them, and only one, is to die or to stay.
/// </summary>
public sealed class KillOrders(string path)
{
    public string File => path;

    private string Reached => path + ".reached";

    /// <summary>Forgets all orders and notes.</summary>
    public void Clear()
    {
        var folder = Path.GetDirectoryName(path) ?? "/";
        foreach (var file in Directory.EnumerateFiles(folder, Path.GetFileName(path) + "*"))
        {
            System.IO.File.Delete(file);
        }
    }

    /// <summary>Replicas note from now on where they come by.</summary>
    public void Record() => System.IO.File.WriteAllText(Reached, "");

    /// <summary>Where they came by, each once, in order.</summary>
    public IReadOnlyList<string> Recorded() => [.. System.IO.File.ReadAllLines(Reached).Distinct()];

    /// <summary>Written beside and renamed, so that nobody reads half an order.</summary>
    public void Give(string order)
    {
        var next = path + "-next";
        System.IO.File.WriteAllText(next, order);
        System.IO.File.Move(next, path, overwrite: true);
    }

    /// <summary>The process that took the order; null while nobody has.</summary>
    public int? TakenBy() => TakenBy([]);

    /// <summary>
    /// The process that took the present order, of several orders one after the other; null while nobody has.
    /// </summary>
    /// <param name="before">Those that died of an earlier order: what they took remains.</param>
    public int? TakenBy(IReadOnlyCollection<int> before)
    {
        var folder = Path.GetDirectoryName(path) ?? "/";
        var taken = Directory
            .EnumerateFiles(folder, Path.GetFileName(path) + ".*")
            .Select(f => Path.GetExtension(f).TrimStart('.'));
        return taken
            .Select(number => int.TryParse(number, out var pid) ? pid : (int?)null)
            .FirstOrDefault(pid => pid is { } one && !before.Contains(one));
    }

    /// <summary>Lets a process that was told to stay go on.</summary>
    public void Release(int pid) =>
        System.IO.File.Delete($"{path}.{pid.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
}
