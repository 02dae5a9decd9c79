namespace Glancy.Runbook.Procedures;

/// <summary>
/// Something that gives values of parameters from those that a person gave, by what the runbook says.
/// </summary>
/// <param name="Name">What a parameter calls it: <c>given_by: rung-below</c>.</param>
/// <param name="Gives">The parameters that it can give.</param>
public sealed record ArgumentSourceSpec(string Name, IReadOnlyList<string> Gives);

/// <summary>The sources there are.</summary>
public sealed class ArgumentSources(IEnumerable<ArgumentSourceSpec> specs)
{
    private readonly Dictionary<string, ArgumentSourceSpec> byName = specs.ToDictionary(
        s => s.Name,
        StringComparer.Ordinal
    );

    public ArgumentSourceSpec? Find(string name) => byName.GetValueOrDefault(name);
}
