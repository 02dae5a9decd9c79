namespace Glancy.Ops.Procedures.Ports;

/// <summary>The light that a draft by the bot goes by.</summary>
public interface IHookLight
{
    /// <summary>Whether the hook is red, and not by our own doing. Unknown is not red.</summary>
    Task<bool> IsRedAsync(string hook, Decision decision, CancellationToken cancellationToken);
}
