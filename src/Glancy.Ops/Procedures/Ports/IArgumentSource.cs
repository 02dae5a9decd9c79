using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>
/// Gives arguments of procedures that nobody should have to look up (<see cref="Parameter.GivenBy"/>).
/// </summary>
public interface IArgumentSource
{
    string Name { get; }

    /// <summary>
    /// What it gives for these arguments, nothing where they do not say enough yet; or why there is nothing to give.
    /// </summary>
    Result<IReadOnlyDictionary<string, string>> Give(
        RunbookContent content,
        IReadOnlyDictionary<string, string> arguments
    );
}

/// <summary>A source with what the lint has to know of it.</summary>
internal interface IArgumentSource<TSelf> : IArgumentSource
    where TSelf : IArgumentSource<TSelf>
{
    static abstract ArgumentSourceSpec Declared { get; }

    string IArgumentSource.Name => TSelf.Declared.Name;
}
