using Glancy.Ops.Kernel;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>Until when what a procedure goes back to is there.</summary>
public interface IWayBack
{
    /// <returns>The instant, null where it has no end; or why there is no way back now.</returns>
    Task<Result<DateTimeOffset?>> LookAsync(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments,
        CancellationToken cancellationToken
    );
}
