using Glancy.Runbook.Yaml;

namespace Glancy.Runbook;

/// <summary>
/// What one load collects: the files, the problems, and the ids declared so far. An id counts as declared even if the
/// rest of its entry is wrong, so that one mistake is not reported again at every place that refers to it.
/// </summary>
internal sealed class RunbookReading(
    IReadOnlyDictionary<string, string> files,
    RunbookTerms? terms = null,
    string? allowList = null
)
{
    private static readonly Dictionary<string, string> Declaring = RunbookSections
        .All.SelectMany(section => section.Declares)
        .ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal);

    private readonly Dictionary<(string Kind, string Id), int> declared = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreadable = [];
    private readonly List<(string Kind, string Id, string File, int Line)> later = [];

    public RunbookTerms Terms => terms ?? RunbookTerms.None;

    /// <summary>
    /// The bastion's allow-list to compare with; null for files that were compared when they lay on a disk.
    /// </summary>
    public string? AllowList => allowList;

    /// <summary>
    /// What is stored was checked by the build that stored it, perhaps an older one: what that one knew and this one
    /// does not is no problem, since runs that were drafted from it have to go on.
    /// </summary>
    public bool IsStored => allowList is null;

    public List<RunbookProblem> Problems { get; } = [];

    public void Problem(string file, int line, string code, params string[] arguments) =>
        Problems.Add(new RunbookProblem(file, line, code, arguments));

    /// <summary>Makes an id known; a second one of the same kind is a problem.</summary>
    public bool Declare(string kind, string id, string file, int line)
    {
        if (id.Length == 0 || declared.TryAdd((kind, id), line))
        {
            return true;
        }

        Problem(file, line, "duplicate-id", kind, id);
        return false;
    }

    public bool Knows(string kind, string id) => declared.ContainsKey((kind, id));

    /// <summary>The line of an id's declaration; 0 when there is none.</summary>
    public int LineOf(string kind, string id) => declared.GetValueOrDefault((kind, id));

    /// <summary>
    /// Reports <c>unknown-{kind}</c> when nothing by that id was declared. Where the file that declares them could not
    /// be read, that alone is told.
    /// </summary>
    public void Refer(string kind, string id, string file, int line)
    {
        if (!Knows(kind, id) && !unreadable.Contains(kind))
        {
            Problem(file, line, "unknown-" + kind, id);
        }
    }

    /// <summary>
    /// As <see cref="Refer"/>, once everything is read: for what is declared in a file that is read later.
    /// </summary>
    public void ReferLater(string kind, string id, string file, int line) => later.Add((kind, id, file, line));

    /// <summary>Everything is read.</summary>
    public void ReferNow() =>
        later.ForEach(reference => Refer(reference.Kind, reference.Id, reference.File, reference.Line));

    /// <summary>Whether there is such a file.</summary>
    public bool Holds(string file) => files.ContainsKey(file);

    /// <summary>A required file as a mapping; null, with the problem reported, when there is none.</summary>
    public Fields? Open(string file)
    {
        if (Use(file) is not { } text)
        {
            Problem(file, 0, "missing-file");
        }
        else if (YamlReader.Read(text, file, this) is { } map)
        {
            return new Fields(map, file, this);
        }

        unreadable.Add(DeclaredIn(file));
        return null;
    }

    /// <summary>The YAML files directly in a folder, in ordinal order.</summary>
    public IEnumerable<Fields> OpenAll(string folder)
    {
        foreach (var file in Files(folder, ".yaml"))
        {
            if (Open(file) is { } fields)
            {
                yield return fields;
            }
        }
    }

    public IEnumerable<string> Files(string folder, string extension) =>
        files
            .Keys.Where(f =>
                f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(extension, StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// The text of a file, which then counts as used, without the mark that Windows' editors write at the beginning;
    /// null when there is none.
    /// </summary>
    public string? Use(string file)
    {
        used.Add(file);
        return files.GetValueOrDefault(file)?.TrimStart('\uFEFF');
    }

    /// <summary>
    /// Reports files that nothing names; where a file could not be read, what it would have named is not known.
    /// </summary>
    public void ReportUnused()
    {
        if (unreadable.Count > 0)
        {
            return;
        }

        foreach (var file in files.Keys.Where(f => !used.Contains(f)).Order(StringComparer.Ordinal))
        {
            Problem(file, 0, "unused-file");
        }
    }

    private static string DeclaredIn(string file) => Declaring.GetValueOrDefault(file.Split('/')[0], "");
}
