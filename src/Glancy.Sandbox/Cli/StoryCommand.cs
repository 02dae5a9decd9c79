using System.CommandLine;
using System.Globalization;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Stories;
using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Cli;

/// <summary>
/// <c>story rollback --seeds 1-5</c>: plays a story in a world of its own, and ends with 0 only when everything came
/// true.
/// </summary>
internal static class StoryCommand
{
    private const int Failed = 1;
    private const string Full = "full";
    private const string OneRung = "one-rung";

    public static Command Build(Option<string> dir)
    {
        var name = new Argument<string>("name")
        {
            Description = string.Join(
                " ",
                StoryBook.All.Where(s => s.Variant is null).Select(s => $"{s.Name}: {s.About}")
            ),
        };
        name.AcceptOnlyFromAmong([.. StoryBook.Names]);
        var seed = new Option<long>("--seed")
        {
            Description = "Varies the world, the people and what fails.",
            DefaultValueFactory = _ => 1,
        };
        var seeds = new Option<(long From, long To)?>("--seeds")
        {
            Description = "Plays several, one after the other: 1-5.",
            CustomParser = result =>
            {
                if (
                    result.Tokens[0].Value.Split('-') is [var from, var to]
                    && long.TryParse(from, CultureInfo.InvariantCulture, out var first)
                    && long.TryParse(to, CultureInfo.InvariantCulture, out var last)
                    && first <= last
                )
                {
                    return (first, last);
                }

                result.AddError($"'{result.Tokens[0].Value}' is no range of seeds; write it like 1-5.");
                return null;
            },
        };
        var way = new Option<string?>("--way") { Description = "full or one-rung." };
        way.AcceptOnlyFromAmong(Full, OneRung);
        var fault = new Option<string?>("--fault")
        {
            Description =
                "Another ending: "
                + string.Join(
                    " ",
                    StoryBook.All.Where(s => s.Variant is not (null or OneRung)).Select(s => $"{s.Variant}: {s.About}")
                ),
        };
        fault.AcceptOnlyFromAmong([.. StoryBook.Faults]);
        var through = new Option<Through>("--through")
        {
            Description =
                "Where people talk to the bot: terminal, or slack, where they press buttons and fill in forms.",
        };
        var sabotage = new Option<string?>("--sabotage")
        {
            Description = "Switches a fault of production on that the story does not reckon with, to see it fail.",
        };
        sabotage.AcceptOnlyFromAmong([.. Faults.Catalogue.Select(f => f.Name)]);
        var bot = new Option<string?>("--bot") { Description = "Path of Glancy.Bot.dll." };
        var root = new Option<string?>("--root") { Description = "The repository's folder." };
        var command = new Command("story", "Play a story headless, and check that everything comes true.")
        {
            name,
            seed,
            seeds,
            way,
            fault,
            through,
            sabotage,
            bot,
            root,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (from, to) = parsed.GetValue(seeds) ?? (parsed.GetValue(seed), parsed.GetValue(seed));
                var parent = parsed.GetResult(dir) is { Implicit: false } ? parsed.GetValue(dir) : null;
                var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var variant = parsed.GetValue(fault) ?? (parsed.GetValue(way) == OneRung ? OneRung : null);
                if (
                    StoryBook.Find(parsed.GetValue(name) ?? "", variant) is not { } story
                    || (parsed.GetValue(fault) is not null && parsed.GetValue(way) is not null)
                )
                {
                    await errors.WriteLineAsync(
                        $"There is no story '{parsed.GetValue(name)}' with {variant}; --way and --fault are of the "
                            + $"rollback, and only one of them at a time."
                    );
                    return Failed;
                }

                var failed = new List<long>();
                for (var one = from; one <= to; one++)
                {
                    var options = new StoryOptions(FolderOf(parent, story, one), one)
                    {
                        Through = parsed.GetValue(through),
                        Root = parsed.GetValue(root),
                        BotDll = parsed.GetValue(bot),
                        Sabotage = parsed.GetValue(sabotage),
                    };
                    if (!await PlayAsync(story, options, output, errors, cancellationToken))
                    {
                        failed.Add(one);
                    }
                }

                await output.WriteLineAsync(
                    failed.Count == 0
                        ? $"\n{Title(story)}: everything came true."
                        : $"\n{Title(story)}: not everything came true with seed {string.Join(", ", failed)}."
                );
                return failed.Count == 0 ? 0 : Failed;
            }
        );
        return command;
    }

    private static async Task<bool> PlayAsync(
        IStory story,
        StoryOptions options,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
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

    private static string Title(IStory story) => story.Variant is { } variant ? $"{story.Name}-{variant}" : story.Name;

    // Beside other worlds, so that a story disturbs nobody's.
    private static string FolderOf(string? parent, IStory story, long seed) =>
        Path.Combine(
            parent ?? Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"glancy-story-{Title(story)}-{seed}-{Environment.ProcessId}")
        );
}
