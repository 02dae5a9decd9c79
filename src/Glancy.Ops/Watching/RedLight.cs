using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Watching;

/// <summary>
/// An open episode, and who sees to it: the one source for <c>status</c>, Home, <c>hk</c>, the channel's topic and the
/// cards.
/// </summary>
/// <param name="Run">The open run that is to cure it; where there is none the last that was, and null where there was
/// none.</param>
public sealed record RedLight(Episode Episode, Run? Run)
{
    /// <summary>It is red, or nobody knows, and no open run is to cure it (rules 8 and 9).</summary>
    public bool Nobodys =>
        Run is null or { Ended: true } && Episode.LastLight is EpisodeLight.Red or EpisodeLight.Unknown;
}

/// <summary>Reads the open episodes with their runs.</summary>
public sealed class RedLights(EpisodeStore episodes, RunStore runs, RunbookHolder runbook)
{
    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<RedLight>> OpenAsync(CancellationToken cancellationToken)
    {
        var open = await episodes.OpenAsync(cancellationToken);
        if (open.Count == 0)
        {
            return [];
        }

        var cures = await CuresAsync(cancellationToken);
        var lights = new List<RedLight>();
        foreach (var episode in open)
        {
            lights.Add(await OfAsync(episode, cures, cancellationToken));
        }

        return lights;
    }

    /// <summary>Those of a run that has ended, as its card tells of them.</summary>
    public async Task<IReadOnlyList<RedLight>> LeftByAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run is { Ended: true, Definition.Supersedes: true }
            ? [.. (await OpenAsync(cancellationToken)).Where(l => l.Nobodys && l.Run?.Id == run.Id)]
            : [];
    }

    /// <summary>The open runs that may cure the train's lights, newest first.</summary>
    public async Task<IReadOnlyList<Run>> CuresAsync(CancellationToken cancellationToken) =>
        runbook.Current.Procedures.TryGetValue(RollbackWays.Full, out var full)
            ? [.. (await runs.WithKeysAsync(full.Keys, cancellationToken)).Where(r => r.Definition.Supersedes)]
            : [];

    // A rollback that somebody has just drafted is of every red light; the watcher has not tied it yet.
    private async Task<RedLight> OfAsync(Episode episode, IReadOnlyList<Run> cures, CancellationToken cancellationToken)
    {
        var tied = cures.FirstOrDefault(r => r.Id == episode.RunId) ?? (cures.Count > 0 ? cures[0] : null);
        return new RedLight(
            episode,
            tied ?? (episode.RunId is { } id ? await runs.GetAsync(id, cancellationToken) : null)
        );
    }
}
