namespace Glancy.Runbook.Hooks;

/// <summary>The light of a hook. Unknown is never green (rule 9).</summary>
public enum Light
{
    Green,
    Yellow,
    Unknown,
    Red,
}
