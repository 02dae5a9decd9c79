using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>Adds the arguments that the runbook itself gives.</summary>
public sealed class GivenArguments(IEnumerable<IArgumentSource> sources)
{
    private readonly Dictionary<string, IArgumentSource> byName = sources.ToDictionary(
        s => s.Name,
        StringComparer.Ordinal
    );

    /// <summary>
    /// The arguments with what is given by them; what is there already stays. Or why nothing can be given.
    /// </summary>
    public Result<IReadOnlyDictionary<string, string>> With(
        Procedure procedure,
        IReadOnlyDictionary<string, string> arguments,
        RunbookContent content
    )
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(arguments);
        var all = arguments.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        foreach (var given in procedure.Parameters.Where(p => p.GivenBy is not null).GroupBy(p => p.GivenBy ?? ""))
        {
            if (!byName[given.Key].Give(content, arguments).Has(out var values, out var refusal))
            {
                return refusal;
            }

            foreach (var (name, value) in values.Where(v => given.Any(p => p.Name == v.Key)))
            {
                all.TryAdd(name, value);
            }
        }

        return new Result<IReadOnlyDictionary<string, string>>.Ok(all);
    }
}
