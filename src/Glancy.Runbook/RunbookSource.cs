namespace Glancy.Runbook;

/// <summary>
/// The written runbook that this data implements. Its hash is recorded, so that a changed text with unchanged data is
/// noticed (§8).
/// </summary>
/// <param name="Sha256">Of the text's bytes, 64 lower-case hex digits.</param>
/// <param name="Date">The day its text was last compared with this data.</param>
/// <param name="Sections">The § that entries may cite.</param>
public sealed record RunbookSource(string Title, string Sha256, DateOnly Date, IReadOnlySet<string> Sections);
