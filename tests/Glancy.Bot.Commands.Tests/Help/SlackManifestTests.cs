using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Help;

namespace Glancy.Bot.Commands.Tests.Help;

public class SlackManifestTests
{
    [Fact]
    public void The_apps_manifest_hints_at_the_commands_there_are()
    {
        var file = Path.Combine(RunbookOnDisk.Root, "manifests", "slack-app.yaml");
        var line = $"usage_hint: \"{CommandTable.Hint(CommandBook.Scan(typeof(CommandsServices).Assembly).All)}\"";
        var manifest = File.ReadAllText(file);
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(file, Regex.Replace(manifest, "usage_hint: .*", line));
        }

        Assert.Contains(line, File.ReadAllText(file), StringComparison.Ordinal);
    }
}
