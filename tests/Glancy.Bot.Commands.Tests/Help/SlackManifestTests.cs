using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Help;
using Glancy.Bot.Commands.Slack;

namespace Glancy.Bot.Commands.Tests.Help;

public class SlackManifestTests
{
    [Fact]
    public void The_apps_manifest_hints_at_the_commands_there_are()
    {
        var file = Path.Combine(RunbookOnDisk.Root, "manifests", "slack-app.yaml");
        var line = $"usage_hint: \"{CommandTable.Hint(Golden.Book.All)}\"";
        var manifest = File.ReadAllText(file);
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(file, Regex.Replace(manifest, "usage_hint: .*", line));
        }

        Assert.Contains(line, File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void The_apps_manifest_names_the_shortcuts_there_are()
    {
        var file = Path.Combine(RunbookOnDisk.Root, "manifests", "slack-app.yaml");
        var wanted =
            "  shortcuts:\n"
            + string.Concat(
                SlackShortcutNames.All.Select(id =>
                    $"    - name: \"{Golden.En.Plain("shortcut." + id)}\"\n      type: message\n"
                    + $"      callback_id: {id}\n"
                    + $"      description: \"{Golden.En.Plain($"shortcut.{id}.about")}\"\n"
                )
            );
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            var bare = Regex.Replace(File.ReadAllText(file), "  shortcuts:\\n(?:    .*\\n)*", "");
            File.WriteAllText(
                file,
                bare.Replace("  slash_commands:\n", wanted + "  slash_commands:\n", StringComparison.Ordinal)
            );
        }

        Assert.Contains(wanted, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.All(SlackShortcutNames.All, id => Assert.InRange(Golden.En.Plain("shortcut." + id).Length, 1, 24));
    }
}
