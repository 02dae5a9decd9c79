using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook;
using Glancy.Slack;
using Glancy.Slack.Blocks;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Commands.Tests;

/// <summary>
/// Compares pages with the text files beside the test; <c>GLANCY_UPDATE_GOLDENS=1</c> writes them anew.
/// </summary>
public static class Golden
{
    public static Phrasebooks Phrasebooks { get; } =
        new(
            new ResourceManagerStringLocalizerFactory(
                Options.Create(new LocalizationOptions()),
                NullLoggerFactory.Instance
            )
        );

    private static readonly ConcurrentDictionary<string, string> Written = new();

    private static readonly JsonSerializerOptions Readable = new(SlackJson.Options) { WriteIndented = true };

    /// <summary>The product's own commands, with those that the shipped runbook brings.</summary>
    public static CommandBook Book { get; } =
        CommandBook.Scan(typeof(CommandBook).Assembly).With(RunbookOnDisk.Content);

    /// <summary>Reads what is said by the shipped runbook.</summary>
    public static CommandGrammar Grammar { get; } = GrammarOf(RunbookOnDisk.Holder);

    /// <summary>Reads what is said by a runbook.</summary>
    public static CommandGrammar GrammarOf(RunbookHolder holder) =>
        new(new CommandBooks(CommandBook.Scan(typeof(CommandBook).Assembly), holder), holder);

    public static Phrasebook Zh => Phrasebooks.In(Glancy.Bot.Commands.Words.Phrasebooks.Chinese);

    public static Phrasebook En => Phrasebooks.In(Glancy.Bot.Commands.Words.Phrasebooks.English);

    /// <summary>One state in both languages.</summary>
    /// <param name="slack">Pins the message that Slack gets as well, not only that there is one.</param>
    public static void Check(
        string state,
        Func<Phrasebook, Page> view,
        int width = 100,
        bool slack = false,
        [CallerFilePath] string testFile = ""
    )
    {
        ArgumentNullException.ThrowIfNull(view);
        foreach (var words in new[] { Zh, En })
        {
            CheckText(
                $"{state}.{words.Culture.Name}.txt",
                TerminalPage.Render(view(words), width, colour: false),
                testFile
            );

            // Whatever the terminal can show, Slack can: building a block beyond a limit throws.
            Assert.NotEmpty(SlackPage.Render(view(words), [], words).Blocks);
        }

        if (slack)
        {
            CheckSlack(state + ".slack", words => SlackPage.Render(view(words), [], words), testFile);
        }
    }

    /// <summary>One state of a message in both languages, as Slack gets it.</summary>
    public static void CheckSlack(
        string state,
        Func<Phrasebook, SlackShown> view,
        [CallerFilePath] string testFile = ""
    )
    {
        ArgumentNullException.ThrowIfNull(view);
        foreach (var words in new[] { Zh, En })
        {
            var shown = view(words);
            CheckJson(
                state,
                words,
                JsonSerializer.SerializeToNode(new { shown.Text, shown.Blocks }, SlackJson.Options),
                testFile
            );
        }
    }

    /// <summary>One state of a form in both languages, as Slack gets it.</summary>
    public static void CheckForm(string state, Func<Phrasebook, View?> view, [CallerFilePath] string testFile = "")
    {
        ArgumentNullException.ThrowIfNull(view);
        foreach (var words in new[] { Zh, En })
        {
            CheckJson(state, words, JsonSerializer.SerializeToNode(view(words), SlackJson.Options), testFile);
        }
    }

    private static void CheckJson(string state, Phrasebook words, JsonNode? json, string testFile) =>
        CheckText($"{state}.{words.Culture.Name}.json", json?.ToJsonString(Readable) + "\n", testFile);

    public static void CheckText(string name, string text, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile) ?? "", "goldens");
        var file = Path.Combine(folder, name);
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, text);
            Assert.True(Written.GetOrAdd(file, text) == text, $"Two tests share the golden {file}.");
        }

        Assert.True(
            File.Exists(file),
            $"There is no golden {file}; set GLANCY_UPDATE_GOLDENS=1 and read what it writes."
        );
        Assert.Equal(File.ReadAllText(file), text);
    }
}
