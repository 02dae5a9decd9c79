using Glancy.Bot.Commands.Help;

namespace Glancy.Bot.Commands.Tests.Help;

public class ReadmeTests
{
    private const string Begin = "<!-- commands: ./glancy help --markdown --lang en -->\n";
    private const string End = "<!-- /commands -->";

    [Fact]
    public void The_readme_shows_the_commands_there_are()
    {
        var file = Path.Combine(RunbookOnDisk.Root, "README.md");
        var readme = File.ReadAllText(file);
        var from = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = readme.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= Begin.Length && to >= from);
        var table = CommandTable.Markdown(Golden.Book.All, RunbookOnDisk.Content.Permissions, Golden.En) + "\n";
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(file, readme[..from] + table + readme[to..]);
            return;
        }

        Assert.Equal(table, readme[from..to]);
    }
}
