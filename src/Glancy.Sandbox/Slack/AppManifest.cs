using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Glancy.Sandbox.Slack;

/// <summary>What the app may do and hears of, as its manifest says.</summary>
/// <param name="Scopes">The bot token's; null when everything is allowed.</param>
/// <param name="Events">Which events are delivered, as they are subscribed: <c>message.im</c>.</param>
public sealed record AppManifest(IReadOnlySet<string>? Scopes, IReadOnlySet<string> Events)
{
    /// <summary>What stands in the menu of every message.</summary>
    public IReadOnlyList<Shortcut> Shortcuts { get; init; } = [];

    /// <summary>An app that may do everything and hears of everything there is here.</summary>
    public static AppManifest Everything { get; } =
        new(
            null,
            new HashSet<string> { "message.channels", "message.im", "app_mention", "reaction_added", "app_home_opened" }
        );

    /// <summary>Reads <c>manifests/slack-app.yaml</c>.</summary>
    public static AppManifest Read(string file)
    {
        var reader = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build();
        var content = reader.Deserialize<Content?>(File.ReadAllText(file)) ?? new Content();
        return new AppManifest(
            content.OauthConfig.Scopes.Bot.ToHashSet(),
            content.Settings.EventSubscriptions.BotEvents.ToHashSet()
        )
        {
            // The others, without a message, are not there in this Slack.
            Shortcuts =
            [
                .. content
                    .Features.Shortcuts.Where(s => s.Type == "message")
                    .Select(s => new Shortcut(s.Name, s.CallbackId)),
            ],
        };
    }

    private sealed class Content
    {
        public FeaturesPart Features { get; set; } = new();

        public OauthPart OauthConfig { get; set; } = new();

        public SettingsPart Settings { get; set; } = new();
    }

    private sealed class FeaturesPart
    {
        public List<ShortcutPart> Shortcuts { get; set; } = [];
    }

    private sealed class ShortcutPart
    {
        public string Name { get; set; } = "";

        public string Type { get; set; } = "";

        public string CallbackId { get; set; } = "";
    }

    private sealed class OauthPart
    {
        public ScopesPart Scopes { get; set; } = new();
    }

    private sealed class ScopesPart
    {
        public List<string> Bot { get; set; } = [];
    }

    private sealed class SettingsPart
    {
        public SubscriptionsPart EventSubscriptions { get; set; } = new();
    }

    private sealed class SubscriptionsPart
    {
        public List<string> BotEvents { get; set; } = [];
    }
}
