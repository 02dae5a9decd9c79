namespace Glancy.Runbook.Differences;

/// <summary>One difference between two versions.</summary>
/// <param name="Where">A path in the data, for example <c>hooks/HK-03/burn/red</c>.</param>
/// <param name="Before">As written; <c>-</c> when there was nothing.</param>
/// <param name="Looser">Something that was held back, asked for or noticed before may not be now (rule 12).</param>
public sealed record RunbookChange(string Where, string Before, string After, bool Looser)
{
    public override string ToString() => $"{Where}: {Before} -> {After}";
}
