namespace Glancy.Runbook;

/// <summary>Kinds of things that a runbook names in one place and declares in another.</summary>
public static class References
{
    public const string Section = "section";
    public const string Dashboard = "dashboard";
    public const string Hook = "hook";
    public const string Flag = "flag";
    public const string Command = "command";
    public const string Role = "role";
    public const string Person = "person";
    public const string Shift = "shift";
    public const string Batch = "batch";
    public const string Statement = "statement";
    public const string Procedure = "procedure";
    public const string Verb = "verb";
    public const string ArgumentSource = "argument-source";
    public const string Objective = "objective";
    public const string Sop = "sop";
    public const string SopLine = "sop-line";
}
