using Glancy.Runbook;

namespace Glancy.Ops.Runbook;

/// <summary>
/// The runbook in force in this replica: the version that is active in all of them (rule 12), never just what lies on
/// the disk.
/// </summary>
/// <param name="directory">The folder this replica looks at.</param>
/// <param name="first">What is in force from the beginning; null until the active version has been found.</param>
public sealed class RunbookHolder(string directory, RunbookContent? first)
{
    private readonly Lock gate = new();
    private volatile RunbookContent? current = first;
    private long activation;

    public string Directory => directory;

    public bool HasCurrent => current is not null;

    /// <exception cref="InvalidOperationException">The replica has not found out what is in force yet; nothing acts
    /// before that.</exception>
    public RunbookContent Current => current ?? throw new InvalidOperationException("No runbook is in force yet.");

    /// <param name="number">The activation's number: what was read before a newer one came in does not come
    /// back.</param>
    public void PutInForce(RunbookContent content, long number)
    {
        lock (gate)
        {
            if (number >= activation)
            {
                activation = number;
                current = content;
            }
        }
    }
}
