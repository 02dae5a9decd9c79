namespace Glancy.Bot.Commands.Pages;

/// <summary>
/// What a person gets to see, without saying where: the terminal and other channels each draw it in their own way.
/// </summary>
/// <param name="Title">A full sentence that says the most important thing; where only one line fits, it is this
/// one.</param>
public sealed record Page(Text Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>Small print, for example which time zone the times are in.</summary>
    public Text Foot { get; init; } = Text.Empty;

    /// <summary>
    /// What to type for all of it, where a place takes only some; empty where no command shows just this.
    /// </summary>
    public string Whole { get; init; } = "";
}

/// <summary>One part of a page.</summary>
public abstract record Block
{
    private Block() { }

    public sealed record Heading(Text Words) : Block;

    public sealed record Paragraph(Text Words) : Block;

    /// <summary>Labels with their values.</summary>
    public sealed record Facts(IReadOnlyList<Fact> Items) : Block;

    /// <summary>Rows of cells; where the room is too narrow, each row is drawn as facts.</summary>
    public sealed record Table(IReadOnlyList<Text> Columns, IReadOnlyList<IReadOnlyList<Text>> Rows) : Block;

    /// <summary>Numbered steps.</summary>
    public sealed record Steps(IReadOnlyList<StepLine> Items) : Block;

    /// <summary>What was to be done and what came of each; a channel that can folds it to its title.</summary>
    public sealed record Tasks(Text Title, IReadOnlyList<TaskLine> Items) : Block;

    /// <summary>Text to be copied or read as it is, line by line.</summary>
    public sealed record Code(IReadOnlyList<Text> Lines) : Block;

    /// <summary>What can be said next, each with the words to type; a channel with buttons draws buttons.</summary>
    public sealed record Actions(IReadOnlyList<NextStep> Items) : Block;
}

/// <summary>A label and its value.</summary>
public sealed record Fact(Text Label, Text Value);

/// <summary>A step of a plan or run.</summary>
/// <param name="Mark">How it stands; empty in a plan.</param>
/// <param name="Notes">Lines below the title: the command, the changes, the evidence.</param>
public sealed record StepLine(int Number, Text Mark, Text Title, IReadOnlyList<Text> Notes);

/// <summary>What came of a task.</summary>
public enum TaskEnd
{
    Open,
    Done,
    Failed,
}

/// <summary>A task that is over, or never came to be done.</summary>
/// <param name="Detail">How long it took, or why it was left out; may be empty.</param>
public sealed record TaskLine(Text Title, TaskEnd End, Text Detail);

/// <summary>How much a step stands out among those that could be taken.</summary>
public enum Weight
{
    /// <summary>One of several.</summary>
    Plain,

    /// <summary>What is expected of whoever reads it; of a page the first one stands out.</summary>
    Expected,

    /// <summary>Seldom wanted; a channel with menus keeps it in one.</summary>
    Aside,

    /// <summary>It destroys or waives something that does not come back.</summary>
    Grave,
}

/// <summary>Something a person may do next.</summary>
/// <param name="Command">What to type, complete.</param>
/// <param name="Changes">It changes something; a channel with buttons asks once more.</param>
public sealed record NextStep(Text Label, string Command, bool Changes = false)
{
    public Weight Weight { get; init; }

    /// <summary>
    /// What whoever takes it has to have in mind, said where it is asked once more; empty for nothing.
    /// </summary>
    public Text Mind { get; init; } = Text.Empty;
}
