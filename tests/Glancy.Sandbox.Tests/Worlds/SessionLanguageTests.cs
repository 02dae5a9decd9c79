using System.CommandLine;
using Glancy.Sandbox.Cli;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>A session speaks one language, the same that the bot chooses.</summary>
public sealed class SessionLanguageTests
{
    [Theory]
    [InlineData("", "zh_CN.UTF-8", true)]
    [InlineData("", "en_GB.UTF-8", false)]
    [InlineData("", "C.UTF-8", true)]
    [InlineData("", null, true)]
    [InlineData("--lang en", "zh_CN.UTF-8", false)]
    [InlineData("up --lang=en", null, false)]
    [InlineData("status --lang zh", "en_US.UTF-8", true)]
    public void It_is_chosen_by_the_option_then_the_locale_then_chinese(string line, string? locale, bool chinese) =>
        Assert.Equal(
            chinese,
            SandboxWords
                .Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => name == "LANG" ? locale : null)
                .Chinese
        );

    [Fact]
    public void The_more_particular_variable_of_the_locale_wins() =>
        Assert.False(SandboxWords.Of([], name => name == "LC_ALL" ? "en_US.UTF-8" : "zh_CN.UTF-8").Chinese);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Help_on_every_verb_is_in_that_language_alone(bool chinese)
    {
        var root = SandboxCommand.Build(new SandboxWords(chinese));
        foreach (var command in All(root).Where(c => c.Name != "story"))
        {
            Assert.Equal(chinese, Chinese(command.Description ?? ""));
            Assert.All(
                command.Options.Where(o => o is not System.CommandLine.Help.HelpOption and not VersionOption),
                option => Assert.Equal(chinese, Chinese(option.Description ?? ""))
            );
        }

        Assert.Empty(root.Parse(["clock", "pause", "--lang", "en"]).Errors);
        Assert.NotEmpty(root.Parse(["clock", "pause", "--lang", "tlh"]).Errors);
    }

    [Theory]
    [InlineData(null, "zh-CN", "en-US", "zh-CN")]
    [InlineData("en-US", "en-US", "en-US")]
    public async Task The_channel_and_everybodys_Slack_follow_it(
        string? session,
        string channel,
        params string[] locales
    )
    {
        await using var slack = await SandboxSlack.StartAsync(
            Path.Combine(Repository.Root, "runbook", "people.yaml"),
            TimeProvider.System,
            () => DateTimeOffset.UnixEpoch,
            TestContext.Current.CancellationToken
        );

        slack.Speak(session);

        Assert.Equal(channel, slack.Settings("a")["Slack__Language"]);
        Assert.Equal(
            locales.Distinct().Order(),
            slack.Workspace.Members.People.Select(p => p.Locale).Distinct().Order()
        );
    }

    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.Where(c => c.Name != "story").SelectMany(All).Prepend(command);

    private static bool Chinese(string text) => text.Any(c => c is >= '\u4e00' and <= '\u9fff');
}
