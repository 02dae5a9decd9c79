using System.CommandLine;
using System.Globalization;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Stories;

namespace Glancy.Sandbox.Cli;

/// <summary><c>story rollback --seeds 1-5</c>: plays a story in a world of its own, and ends with 0 only when everything came true.</summary>
public static class StoryCommand
{
    private const int Failed = 1;

    public static Command Build(Option<string> dir)
    {
        ArgumentNullException.ThrowIfNull(dir);
        var name = new Argument<string>("name") { Description = string.Join(" ", StoryBook.All.Select(s => $"{s.Name}: {s.About}")) };
        name.AcceptOnlyFromAmong([.. StoryBook.All.Select(s => s.Name)]);
        var seed = new Option<long>("--seed") { Description = "Varies the world, the people and what fails.", DefaultValueFactory = _ => 1 };
        var seeds = new Option<(long From, long To)?>("--seeds")
        {
            Description = "Plays several, one after the other: 1-5.",
            CustomParser = result =>
            {
                if (result.Tokens[0].Value.Split('-') is [var from, var to] && long.TryParse(from, CultureInfo.InvariantCulture, out var first)
                    && long.TryParse(to, CultureInfo.InvariantCulture, out var last) && first <= last)
                {
                    return (first, last);
                }

                result.AddError($"'{result.Tokens[0].Value}' is no range of seeds; write it like 1-5.");
                return null;
            },
        };
        var fault = new Option<string?>("--fault") { Description = "Switches a fault on first, to see the story fail." };
        fault.AcceptOnlyFromAmong([.. Faults.Catalogue.Select(f => f.Name)]);
        var bot = new Option<string?>("--bot") { Description = "Path of Glancy.Bot.dll." };
        var root = new Option<string?>("--root") { Description = "The repository's folder." };
        var command = new Command("story", "Play a story headless, and check that everything comes true.") { name, seed, seeds, fault, bot, root };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var story = StoryBook.All.First(s => s.Name == parsed.GetValue(name));
            var (from, to) = parsed.GetValue(seeds) ?? (parsed.GetValue(seed), parsed.GetValue(seed));
            var parent = parsed.GetResult(dir) is { Implicit: false } ? parsed.GetValue(dir) : null;
            var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var failed = new List<long>();
            for (var one = from; one <= to; one++)
            {
                var options = new StoryOptions(FolderOf(parent, story, one), one) { Root = parsed.GetValue(root), BotDll = parsed.GetValue(bot), Fault = parsed.GetValue(fault) };
                if (!await PlayAsync(story, options, output, errors, cancellationToken))
                {
                    failed.Add(one);
                }
            }

            await output.WriteLineAsync(failed.Count == 0
                ? $"\n{story.Name}: everything came true."
                : $"\n{story.Name}: not everything came true with seed {string.Join(", ", failed)}.");
            return failed.Count == 0 ? 0 : Failed;
        });
        return command;
    }

    private static async Task<bool> PlayAsync(IStory story, StoryOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            return await StoryRun.PlayAsync(story, options, output, cancellationToken);
        }
        catch (Exception failed) when (failed is InvalidOperationException or IOException or TimeoutException)
        {
            await errors.WriteLineAsync(failed.Message);
            return false;
        }
    }

    // Beside other worlds, so that a story disturbs nobody's.
    private static string FolderOf(string? parent, IStory story, long seed) => Path.Combine(
        parent ?? Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"glancy-story-{story.Name}-{seed}-{Environment.ProcessId}"));
}
