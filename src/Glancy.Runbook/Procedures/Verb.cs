namespace Glancy.Runbook.Procedures;

/// <summary>
/// What people say to draft a procedure; help, form and grammar are made from it and from the procedure's parameters.
/// </summary>
/// <param name="Path">The words themselves: <c>release thaw</c>.</param>
/// <param name="Title">The form's title: a deed and its object.</param>
/// <param name="Procedures">Procedure by what is chosen (<see cref="Choice"/>); a single one under the empty word where
/// nothing is.</param>
public sealed record Verb(
    string Path,
    Words Summary,
    Words Title,
    string Section,
    Risk Risk,
    IReadOnlyDictionary<string, string> Procedures
)
{
    /// <summary>The same in Chinese or short, each a whole path.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Complete lines without the product's name.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Parameters that are given by their place; all others have options.</summary>
    public IReadOnlyList<string> Positional { get; init; } = [];

    /// <summary>How one of several procedures is chosen; null where there is one.</summary>
    public VerbChoice? Choice { get; init; }

    /// <summary>Parameters that a person gives, of all its procedures, each once.</summary>
    public IEnumerable<Parameter> Asked(IReadOnlyDictionary<string, Procedure> procedures)
    {
        ArgumentNullException.ThrowIfNull(procedures);
        return Procedures.Values.SelectMany(id => procedures[id].Asked).DistinctBy(p => p.Name);
    }
}

/// <summary>The word of a line that says which of several procedures is meant.</summary>
/// <param name="Name">What the word is called.</param>
/// <param name="IsOption">Said as <c>--name word</c>; otherwise it comes first after the verb.</param>
/// <param name="Otherwise">What is meant where nothing is said; null where it has to be said.</param>
/// <param name="Refusal">Why another word is refused.</param>
/// <param name="Section">Whose rule that is.</param>
/// <param name="Chinese">The option's name in Chinese.</param>
public sealed record VerbChoice(
    string Name,
    bool IsOption,
    string? Otherwise,
    string Refusal,
    string Section,
    string? Chinese
);

/// <summary>
/// Words that the product itself understands, so that no runbook can take them: paths in every spelling.
/// </summary>
public sealed record ReservedVerbs(IReadOnlySet<string> Paths)
{
    public static ReservedVerbs None { get; } = new(new HashSet<string>());
}
