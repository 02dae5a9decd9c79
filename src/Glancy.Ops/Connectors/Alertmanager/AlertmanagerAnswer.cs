namespace Glancy.Ops.Connectors.Alertmanager;

/// <summary>What came of a request to Alertmanager.</summary>
public abstract record AlertmanagerAnswer
{
    private AlertmanagerAnswer() { }

    /// <summary>Done; the silence by its name there.</summary>
    public sealed record Done(string SilenceId) : AlertmanagerAnswer;

    /// <summary>Surely not there.</summary>
    public sealed record None : AlertmanagerAnswer;

    /// <summary>It said no; nothing has changed.</summary>
    /// <param name="Why">In its own words, cut.</param>
    public sealed record Refused(string Why) : AlertmanagerAnswer;

    /// <summary>It was never reached; nothing has changed.</summary>
    public sealed record NotReached : AlertmanagerAnswer;

    /// <summary>It may have happened, or not.</summary>
    public sealed record Unknown : AlertmanagerAnswer;
}
