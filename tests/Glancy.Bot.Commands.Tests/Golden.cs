using System.Runtime.CompilerServices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Commands.Tests;

/// <summary>Compares pages with the text files beside the test; <c>GLANCY_UPDATE_GOLDENS=1</c> writes them anew.</summary>
public static class Golden
{
    public static Phrasebooks Phrasebooks { get; } = new(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    public static Phrasebook Zh => Phrasebooks.In(Glancy.Bot.Commands.Words.Phrasebooks.Chinese);

    public static Phrasebook En => Phrasebooks.In(Glancy.Bot.Commands.Words.Phrasebooks.English);

    /// <summary>One state in both languages.</summary>
    public static void Check(string state, Func<Phrasebook, Page> view, int width = 100, [CallerFilePath] string testFile = "")
    {
        foreach (var words in new[] { Zh, En })
        {
            CheckText($"{state}.{words.Culture.Name}.txt", TerminalPage.Render(view(words), width, colour: false), testFile);
        }
    }

    public static void CheckText(string name, string text, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile) ?? "", "goldens");
        var file = Path.Combine(folder, name);
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"There is no golden {file}; set GLANCY_UPDATE_GOLDENS=1 and read what it writes.");
        Assert.Equal(File.ReadAllText(file), text);
    }
}
