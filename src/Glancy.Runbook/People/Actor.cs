namespace Glancy.Runbook.People;

/// <summary>Who acts where it is no person.</summary>
public static class Actor
{
    /// <summary>The bot's own name, as requester and in the audit; no person may have it.</summary>
    public const string Bot = "glancy";
}
