namespace Glancy.Ops.Kernel;

/// <summary>
/// A refusal: what was refused, by which rule and what to do next. Put into words by the one who shows it.
/// </summary>
/// <param name="Code">Stable, for example <c>not-on-call</c>; the words for it name the way out.</param>
/// <param name="Section">Runbook section or engine rule behind it: <c>§4.4</c>, <c>§1.1</c>; empty for grammar.</param>
/// <param name="Arguments">What fills the words, in order.</param>
public sealed record Refusal(string Code, string Section, params string[] Arguments);
