namespace Glancy.Bot.Tests.Crash;

/// <summary>How many replicas there are, in words.</summary>
public static class Topology
{
    /// <param name="replicas">One that is started again when it dies, or two.</param>
    public static string Name(int replicas) => replicas == 1 ? "one restarted" : "two replicas";
}
