using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>What a run is to cure: it knows its run.</summary>
public interface IEpisodes
{
    /// <summary>Ties an episode to the run that is to cure it.</summary>
    Task TieAsync(Transaction transaction, long episode, long run);
}
