using System.Diagnostics.CodeAnalysis;

namespace Glancy.Slack.Blocks;

/// <summary>
/// Slack's numbers. Texts are counted in code points: an emoji is one, though .NET's length says two.
/// </summary>
public static class Limits
{
    public const int MessageBlocks = 50;
    public const int ViewBlocks = 100;
    public const int MessageText = 40_000;
    public const int UpdateText = 4_000;
    public const int SectionText = 3_000;
    public const int SectionFields = 10;
    public const int FieldText = 2_000;
    public const int HeaderText = 150;
    public const int ContextElements = 10;
    public const int Actions = 25;
    public const int ButtonText = 75;
    public const int ButtonValue = 2_000;
    public const int Url = 3_000;
    public const int Id = 255;
    public const int Options = 100;
    public const int OptionText = 75;

    /// <summary>Sources differ between 75 and 150; the smaller is safe with both.</summary>
    public const int OptionValue = 75;
    public const int OverflowOptions = 5;
    public const int ConfirmTitle = 100;
    public const int ConfirmText = 300;
    public const int ConfirmButton = 30;
    public const int ViewTitle = 24;
    public const int PrivateMetadata = 3_000;
    public const int TableRows = 100;
    public const int TableColumns = 20;
    public const int Tables = 1;

    /// <summary>Of all cells of a message's tables.</summary>
    public const int TableCharacters = 10_000;
    public const int Plans = 1;
    public const int PlanTasks = 50;

    /// <summary>Of a plan and of each of its tasks. Slack publishes it for streams alone; there is no other.</summary>
    public const int PlanTitle = 256;
    public const int AlertText = 200;
    public const int ContextText = 2_000;
    public const int Markdown = 12_000;
    public const int Placeholder = 150;
    public const int AltText = 2_000;
    public const int InputLabel = 2_000;
    public const int InputText = 3_000;

    /// <summary>Code points of a text; a lone surrogate counts as one.</summary>
    public static int Length(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = text.Length;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                length--;
                i++;
            }
        }

        return length;
    }

    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Text(string? text, int most, string limit, int least = 1)
    {
        if (text is null)
        {
            return null;
        }

        Count(Length(text), least, most, limit);
        return text;
    }

    [return: NotNullIfNotNull(nameof(text))]
    internal static T? Text<T>(T? text, int most, string limit)
        where T : TextObject
    {
        Text(text?.Text, most, limit);
        return text;
    }

    [return: NotNullIfNotNull(nameof(items))]
    internal static IReadOnlyList<T>? Items<T>(IReadOnlyList<T>? items, int most, string limit, int least = 1)
    {
        if (items is null)
        {
            return null;
        }

        Count(items.Count, least, most, limit);

        // A list that its owner could still add to would go round the limit.
        return [.. items];
    }

    /// <summary>The second of two things of which exactly one is wanted.</summary>
    internal static T? One<T>(object? other, T? item, string limit)
        where T : class
    {
        Count((other is null ? 0 : 1) + (item is null ? 0 : 1), 1, 1, limit);
        return item;
    }

    internal static void Count(int actual, int least, int most, string limit)
    {
        if (actual > most)
        {
            throw new SlackLimitException(limit, "at most", most, actual);
        }

        if (actual < least)
        {
            throw new SlackLimitException(limit, "at least", least, actual);
        }
    }
}
