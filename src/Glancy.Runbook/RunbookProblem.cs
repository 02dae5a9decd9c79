namespace Glancy.Runbook;

/// <summary>
/// Something wrong in a runbook file. The code is stable and is put into words by the one who shows it.
/// </summary>
/// <param name="File">Path relative to the runbook folder.</param>
/// <param name="Line">One-based line in that file; 0 when the file as a whole is meant.</param>
/// <param name="Code">For example <c>unknown-field</c>, <c>yellow-beyond-red</c>, <c>unknown-role</c>.</param>
/// <param name="Arguments">What fills the words of the code, in order.</param>
public sealed record RunbookProblem(string File, int Line, string Code, params string[] Arguments);
