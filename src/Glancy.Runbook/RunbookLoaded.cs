namespace Glancy.Runbook;

/// <summary>The outcome of a load: content without problems, or problems without content.</summary>
/// <param name="Problems">Every problem of every file, ordered by file and line.</param>
public sealed record RunbookLoaded(RunbookContent? Content, IReadOnlyList<RunbookProblem> Problems);
