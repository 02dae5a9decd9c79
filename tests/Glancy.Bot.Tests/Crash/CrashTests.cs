namespace Glancy.Bot.Tests.Crash;

/// <summary>A world for the tests with one replica; they run one after the other, beside those with two.</summary>
[CollectionDefinition(Name)]
public sealed class OneReplica : ICollectionFixture<CrashWorld>
{
    public const string Name = "crash: one replica";
}

/// <summary>
/// A world for the tests with two replicas, and for those that say for themselves how many they want.
/// </summary>
[CollectionDefinition(Name)]
public sealed class TwoReplicas : ICollectionFixture<CrashWorld>
{
    public const string Name = "crash: two replicas";
}
