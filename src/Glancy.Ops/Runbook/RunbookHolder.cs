namespace Glancy.Ops.Runbook;

/// <summary>
/// The runbook in force. A reload that finds problems changes nothing: the old one stays in force and the problems are kept.
/// </summary>
public sealed class RunbookHolder
{
    private readonly Lock gate = new();
    private readonly string directory;
    private volatile RunbookContent current;
    private volatile IReadOnlyList<RunbookProblem> problems = [];

    public RunbookHolder(string directory, RunbookContent first)
    {
        this.directory = directory;
        current = first;
    }

    public RunbookContent Current => current;

    /// <summary>Problems of the last reload; empty when what is on disk is in force.</summary>
    public IReadOnlyList<RunbookProblem> Problems => problems;

    /// <summary>Reads the folder again. The content of the answer is null when the old runbook stays in force.</summary>
    public RunbookLoaded Reload()
    {
        lock (gate)
        {
            var loaded = RunbookLoader.Load(directory);
            problems = loaded.Problems;
            if (loaded.Content is { } content)
            {
                current = content;
            }

            return loaded;
        }
    }
}
