namespace Glancy.Runbook.Commands;

/// <summary>States that a command may declare to change.</summary>
public static class DeclaredStates
{
    /// <summary>The release train: which batch, and how much of the traffic is on the new version; one state, because one command sets both.</summary>
    public const string Release = "release/prod";

    /// <summary>What a feature flag's state begins with.</summary>
    public const string FlagPrefix = "flag/";
}
