namespace Glancy.Bot.Tests.Slack;

/// <summary>One channel for all classes that only look at what the bot says there.</summary>
[CollectionDefinition(Name)]
public sealed class SharedChannel : ICollectionFixture<ChannelWorld>
{
    public const string Name = "shared channel";
}
