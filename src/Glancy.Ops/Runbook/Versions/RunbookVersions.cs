using System.Collections.Concurrent;
using Glancy.Runbook;

namespace Glancy.Ops.Runbook.Versions;

/// <summary>What came of following the active version.</summary>
/// <param name="Active">Null before the first activation.</param>
/// <param name="Content">What is in force here; null when nothing is, or the active version cannot be read by this
/// build.</param>
/// <param name="Problems">Why it cannot be read; empty otherwise.</param>
public sealed record Followed(ActiveVersion? Active, RunbookContent? Content, IReadOnlyList<RunbookProblem> Problems);

/// <summary>
/// Versions of the runbook by their hash, from the bot's database: a replica can run one that is not on its own disk
/// (rule 12).
/// </summary>
public sealed class RunbookVersions(VersionStore store, RunbookLoader loader, RunbookHolder holder)
{
    private readonly ConcurrentDictionary<string, RunbookLoaded> known = new(StringComparer.Ordinal);

    /// <summary>This replica's folder, to be read again and again.</summary>
    internal RunbookDisk Disk() => new(holder.Directory, loader);

    /// <summary>Puts the active version in force in this replica.</summary>
    public async Task<Followed> FollowAsync(CancellationToken cancellationToken)
    {
        var active = await store.ActiveAsync(cancellationToken);
        if (active is null || (holder.HasCurrent && holder.Current.Version == active.Version))
        {
            return new Followed(active, active is null ? null : holder.Current, []);
        }

        var loaded =
            await FindAsync(active.Version, cancellationToken)
            ?? throw new InvalidDataException($"The active runbook version {active.Version} is not stored.");
        if (loaded.Content is { } content)
        {
            holder.PutInForce(content, active.Number);
        }

        return new Followed(active, loaded.Content, loaded.Problems);
    }

    /// <summary>
    /// Whether a version is the active one at this moment; before the first activation whatever is in force counts.
    /// </summary>
    public async Task<bool> IsActiveAsync(string version, CancellationToken cancellationToken) =>
        await store.ActiveAsync(cancellationToken) is not { } active || active.Version == version;

    /// <summary>
    /// What a run was drafted from: it keeps that to its end, whatever comes into force in between. A run that is older
    /// than the stored versions takes what is in force.
    /// </summary>
    public async Task<RunbookContent> OfAsync(string version, string forWhat, CancellationToken cancellationToken)
    {
        if (version == holder.Current.Version)
        {
            return holder.Current;
        }

        var loaded = await FindAsync(version, cancellationToken);
        return loaded is null
            ? holder.Current
            : loaded.Content
                ?? throw new InvalidDataException(
                    $"The runbook version {version} of {forWhat} cannot be read by this build."
                );
    }

    /// <summary>A version as stored; null when it never was.</summary>
    /// <exception cref="InvalidDataException">The stored files are not those of the version.</exception>
    private async Task<RunbookLoaded?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(version, out var before))
        {
            return before;
        }

        if (await store.FilesAsync(version, cancellationToken) is not { } files)
        {
            return null;
        }

        var folder = RunbookFolder.Of(files);
        if (folder.Version != version)
        {
            throw new InvalidDataException(
                $"The stored files of the runbook version {version} make the version {folder.Version}."
            );
        }

        return known[version] = loader.Load(folder, allowList: null);
    }
}
