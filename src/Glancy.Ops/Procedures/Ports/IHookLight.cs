namespace Glancy.Ops.Procedures.Ports;

/// <summary>The light that a draft by the bot goes by.</summary>
public interface IHookLight
{
    /// <summary>Whether the hook is red now, and not by our own doing. Unknown is not red.</summary>
    Task<bool> IsRedAsync(string hook, CancellationToken cancellationToken);
}
