using Glancy.Slack.Api;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Tests.Blocks;

/// <summary>
/// Each limit holds, and one more fails where the thing is built. Texts are emoji: one code point, two of .NET's chars,
/// four bytes.
/// </summary>
public sealed class LimitTests
{
    private static readonly PlainText Short = "short";
    private static readonly DividerBlock Line = new();
    private static readonly TableBlock Cells = new([
        [new TableCell("c")],
    ]);

    private static readonly Dictionary<string, (int Most, Func<int, object> Build)> Table = new()
    {
        ["message blocks"] = (50, n => new OutgoingMessage("C", "t", Many<Block>(n, Line))),
        ["ephemeral blocks"] = (50, n => new EphemeralMessage("C", "U", "t", Many<Block>(n, Line))),
        ["update blocks"] = (50, n => new MessageUpdate("C", "1", "t", Many<Block>(n, Line))),
        ["response blocks"] = (50, n => new ResponseMessage("t", Many<Block>(n, Line))),
        ["message text"] = (40_000, n => new OutgoingMessage("C", Text(n))),
        ["ephemeral text"] = (40_000, n => new EphemeralMessage("C", "U", Text(n))),
        ["response text"] = (40_000, n => new ResponseMessage(Text(n))),
        ["update text"] = (4_000, n => new MessageUpdate("C", "1", Text(n))),
        ["modal blocks"] = (100, n => new ModalView("t", Many<Block>(n, Line))),
        ["home blocks"] = (100, n => new HomeView(Many<Block>(n, Line))),
        ["view title"] = (24, n => new ModalView(Text(n), [Line])),
        ["view submit"] = (24, n => new ModalView("t", [Line], Submit: Text(n))),
        ["view close"] = (24, n => new ModalView("t", [Line], Close: Text(n))),
        ["view callback id"] = (255, n => new ModalView("t", [Line], CallbackId: Text(n))),
        ["view private metadata"] = (3_000, n => new ModalView("t", [Line], PrivateMetadata: Text(n))),
        ["section text"] = (3_000, n => new SectionBlock(new Mrkdwn(Text(n)))),
        ["section fields"] = (10, n => new SectionBlock(fields: Many<TextObject>(n, Short))),
        ["field text"] = (2_000, n => new SectionBlock(fields: [new Mrkdwn(Text(n))])),
        ["header text"] = (150, n => new HeaderBlock(Text(n))),
        ["context elements"] = (10, n => new ContextBlock(Many<IContextElement>(n, Short))),
        ["actions"] = (25, n => new ActionsBlock(Many<IActionElement>(n, new Button("b", "a")))),
        ["button text"] = (75, n => new Button(Text(n), "a")),
        ["button value"] = (2_000, n => new Button("b", "a", Text(n))),
        ["button url"] = (3_000, n => new Button("b", "a", Url: Text(n))),
        ["button label for readers"] = (75, n => new Button("b", "a", AccessibilityLabel: Text(n))),
        ["button action id"] = (255, n => new Button("b", Text(n))),
        ["select action id"] = (255, n => new StaticSelect(Text(n), [new Option("o", "v")])),
        ["people select action id"] = (255, n => new UsersSelect(Text(n))),
        ["overflow action id"] = (255, n => new Overflow(Text(n), [new Option("o", "v")])),
        ["input action id"] = (255, n => new PlainTextInput(Text(n))),
        ["block id"] = (255, n => new DividerBlock(Text(n))),
        ["select options"] = (100, n => new StaticSelect("a", Many(n, new Option("o", "v")))),
        ["select placeholder"] = (150, n => new StaticSelect("a", [new Option("o", "v")], Text(n))),
        ["people select placeholder"] = (150, n => new UsersSelect("a", Text(n))),
        ["overflow options"] = (5, n => new Overflow("a", Many(n, new Option("o", "v")))),
        ["option text"] = (75, n => new Option(Text(n), "v")),
        ["option value"] = (75, n => new Option("o", Text(n))),
        ["option description"] = (75, n => new Option("o", "v", Text(n))),
        ["confirm title"] = (100, n => new Confirm(Text(n), Short, "y", "n")),
        ["confirm text"] = (300, n => new Confirm("t", new Mrkdwn(Text(n)), "y", "n")),
        ["confirm button"] = (30, n => new Confirm("t", Short, Text(n), "n")),
        ["deny button"] = (30, n => new Confirm("t", Short, "y", Text(n))),
        ["table rows"] = (100, n => new TableBlock(Many<IReadOnlyList<TableCell>>(n, [new TableCell("c")]))),
        ["table columns"] = (20, n => new TableBlock([Many(n, new TableCell("c"))])),
        ["markdown"] = (12_000, n => new MarkdownBlock(Text(n))),
        ["markdown of all blocks"] = (
            12_000,
            n => new OutgoingMessage("C", "t", [new MarkdownBlock(Text(6_000)), new MarkdownBlock(Text(n - 6_000))])
        ),
        ["cells of all tables"] = (
            10_000,
            n => new OutgoingMessage(
                "C",
                "t",
                [
                    new TableBlock([
                        .. Enumerable
                            .Range(0, 4)
                            .Select(i => (IReadOnlyList<TableCell>)[new TableCell(Text(i == 3 ? n - 7_500 : 2_500))]),
                    ]),
                ]
            )
        ),
        ["plan tasks"] = (50, n => new PlanBlock("t", [.. Tasks(n)])),
        ["plan title"] = (256, n => new PlanBlock(Text(n), [.. Tasks(1)])),
        ["task title"] = (256, n => new PlanTask("1", Text(n), "complete")),
        ["plans"] = (1, n => new OutgoingMessage("C", "t", Many<Block>(n, new PlanBlock("t", [.. Tasks(1)])))),
        ["alert text"] = (200, n => new AlertBlock(new PlainText(Text(n)))),
        ["tables"] = (1, n => new OutgoingMessage("C", "t", Many<Block>(n, Cells))),
        ["tables of an update"] = (1, n => new MessageUpdate("C", "1", "t", Many<Block>(n, Cells))),
        ["tables of a home"] = (1, n => new HomeView(Many<Block>(n, Cells))),
        ["context text"] = (2_000, n => new ContextBlock([new PlainText(Text(n))])),
        ["image url"] = (3_000, n => new ImageBlock(Text(n), "alt")),
        ["image alt text"] = (2_000, n => new ImageBlock("https://x", Text(n))),
        ["image title"] = (2_000, n => new ImageBlock("https://x", "alt", Text(n))),
        ["image element alt text"] = (2_000, n => new ImageElement("https://x", Text(n))),
        ["input label"] = (2_000, n => new InputBlock(Text(n), new PlainTextInput("a"))),
        ["input hint"] = (2_000, n => new InputBlock("l", new PlainTextInput("a"), Text(n))),
        ["input placeholder"] = (150, n => new PlainTextInput("a", Text(n))),
        ["input initial value"] = (3_000, n => new PlainTextInput("a", InitialValue: Text(n))),
        ["input max length"] = (3_000, n => new PlainTextInput("a", MaxLength: n)),
    };

    private static IEnumerable<PlanTask> Tasks(int count) =>
        Enumerable.Range(1, count).Select(i => new PlanTask($"{i}", "t", "complete"));

    [Fact]
    public void Each_young_block_stands_only_where_slack_takes_it()
    {
        var plan = new PlanBlock("t", [.. Tasks(1)]);
        var alert = new AlertBlock(new PlainText("t"));

        Assert.NotNull(new OutgoingMessage("C", "t", [plan]));
        Assert.NotNull(new ModalView("t", [alert]));
        Assert.Throws<SlackLimitException>(() => new ModalView("t", [plan]));
        Assert.Throws<SlackLimitException>(() => new HomeView([plan]));
        Assert.Throws<SlackLimitException>(() => new OutgoingMessage("C", "t", [alert]));
        Assert.Throws<SlackLimitException>(() => new HomeView([alert]));
        Assert.Throws<SlackLimitException>(() => new PlanBlock("t", [.. Tasks(1), .. Tasks(1)]));
    }

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_limit_holds_and_one_more_fails(string name)
    {
        var (most, build) = Table[name];
        Assert.NotNull(build(most));

        var e = Assert.Throws<SlackLimitException>(() => build(most + 1));
        Assert.Equal((most, most + 1, "at most"), (e.Allowed, e.Actual, e.Rule));
        Assert.Equal($"{e.Limit}: at most {most}, but this has {most + 1}", e.Message);
    }

    [Fact]
    public void A_block_stands_only_where_slack_takes_it_and_no_name_twice()
    {
        Func<object>[] refused =
        [
            () => new ModalView("t", [Cells]),
            () => new ModalView("t", [new MarkdownBlock("m")]),
            () => new HomeView([new MarkdownBlock("m")]),
            () => new OutgoingMessage("C", "t", [new DividerBlock("a"), new DividerBlock("a")]),
            () => new ModalView("t", [new DividerBlock("a"), new DividerBlock("a")]),
            () => new ResponseMessage("t", [new ActionsBlock([new Button("b", "a"), new Button("c", "a")])]),
        ];

        Assert.All(refused, build => Assert.Throws<SlackLimitException>(build));
        Assert.NotNull(new HomeView([Cells, new DividerBlock("a"), new DividerBlock("b"), new DividerBlock()]));
        Assert.NotNull(
            new OutgoingMessage(
                "C",
                "t",
                [
                    Cells,
                    new MarkdownBlock("m"),
                    new ActionsBlock([new Button("b", "a")]),
                    new ActionsBlock([new Button("b", "a")]),
                ]
            )
        );
    }

    [Fact]
    public void What_must_not_be_empty_is_not()
    {
        Func<object>[] empty =
        [
            () => new PlainText(""),
            () => new Mrkdwn(""),
            () => new SectionBlock(),
            () => new SectionBlock(fields: []),
            () => new ContextBlock([]),
            () => new ActionsBlock([]),
            () => new StaticSelect("a", []),
            () => new Overflow("a", []),
            () => new Button("b", ""),
            () => new TableBlock([]),
            () =>
                new TableBlock([
                    [],
                ]),
            () => new MarkdownBlock(""),
            () => new ModalView("t", []),
            () => new OutgoingMessage("C", ""),
            () => new MessageUpdate("C", "1", ""),
            () => new ImageBlock(null, "alt"),
            () => new SlackFile(""),
        ];

        Assert.All(empty, build => Assert.Equal("at least", Assert.Throws<SlackLimitException>(build).Rule));
    }

    [Fact]
    public void A_picture_has_one_place() =>
        Assert.Equal(
            "at most",
            Assert
                .Throws<SlackLimitException>(() => new ImageBlock("https://x", "alt", SlackFile: new SlackFile("F1")))
                .Rule
        );

    [Fact]
    public void A_list_cannot_grow_behind_its_limit()
    {
        var elements = new List<IContextElement> { Short };
        var block = new ContextBlock(elements);
        elements.AddRange(Many<IContextElement>(20, Short));

        Assert.Single(block.Elements);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("红灯", 2)]
    [InlineData("😀😀", 2)]
    [InlineData("e\u0301", 2)]
    public void Length_counts_code_points(string text, int length) => Assert.Equal(length, Limits.Length(text));

    [Fact]
    public void Half_a_character_counts_as_one() => Assert.Equal(2, Limits.Length("a\ud83d"));

    private static string Text(int codePoints) => string.Concat(Enumerable.Repeat("😀", codePoints));

    private static T[] Many<T>(int count, T item) => [.. Enumerable.Repeat(item, count)];
}
