namespace Glancy.Sandbox.Slack;

/// <summary>Where somebody clicks.</summary>
public abstract record Place
{
    private Place() { }

    public sealed record InMessage(string Channel, string Ts) : Place;

    public sealed record InEphemeral(string Id) : Place;

    /// <summary>A modal or the Home.</summary>
    public sealed record InView(string Id) : Place;
}
