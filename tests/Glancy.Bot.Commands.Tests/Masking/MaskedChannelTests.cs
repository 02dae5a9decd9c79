using System.Globalization;
using System.Text.Json;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Running;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Glancy.Bot.Commands.Tests.Masking;

/// <summary>Whatever a command does with what it knows, nothing leaves unmasked.</summary>
public class MaskedChannelTests
{
    private const string Leak =
        "GET /api/v1/lookup?word=depression user_id=42 by zhang@mail.qq.com, +86 138 1234 5678 from 203.0.113.7, "
        + "password=hunter2";
    private static readonly string[] Secrets =
    [
        "depression",
        "user_id=42",
        "zhang",
        "138 1234",
        "203.0.113.7",
        "hunter2",
    ];

    [Theory]
    [InlineData("leak page")]
    [InlineData("leak page --json")]
    [InlineData("leak line")]
    [InlineData("leak line --json")]
    [InlineData("leak raw")]
    [InlineData("leak note")]
    [InlineData("leak refusal")]
    [InlineData("leak refusal --json")]
    [InlineData("泄漏 page")] // echoed as understood
    public async Task No_way_out_is_unmasked(string line)
    {
        var said = await SayAsync(line, "lin", home: true);

        Assert.NotEqual("", said);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_is_echoed_masked() =>
        Assert.Contains(
            "[user]",
            await SayAsync("泄漏 note --text u_8f3a2b", "lin", home: true),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_line_of_a_file_that_hides_nothing_stays_as_it_is_byte_by_byte()
    {
        const string Line = "{\"seq\":1,  \"hash\":\"9d5ed678\",\"event\":{\"b\":1.50,\"a\":\"x\\u00e9\"}}";
        var mask = new PageMask(Unrecorded.Revealing().Masker(), new HashSet<string>());
        Assert.Equal(Line, DataMask.Line(Line, mask));
        using var masked = JsonDocument.Parse(DataMask.Line("{\"reason\":\"user_id=42\\\"\",\"n\":13812345678}", mask));
        Assert.Equal("user_id=[user]\"", masked.RootElement.GetProperty("reason").GetString());
        Assert.Equal("user_id=[user]", DataMask.Line("user_id=42", mask));
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("olga", true, "reveal-not-allowed")]
    [InlineData("bai", true, "reveal-not-allowed")]
    [InlineData("nobody", true, "unknown-person")]
    [InlineData("lin", false, "reveal-only-at-home")]
    public async Task Revealing_is_refused_with_its_section_and_nothing_is_shown(string person, bool home, string code)
    {
        var said = await SayAsync("leak page --reveal", person, home);

        Assert.StartsWith($"refused {code} §", said, StringComparison.Ordinal);
        Assert.DoesNotContain("looked", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_nobody_knows_who_is_on_duty_nothing_is_revealed()
    {
        var away = new RosterOverrides(
            new BotDatabase(NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2"))
        );

        var may = await Unrecorded
            .Revealing(away)
            .MayAsync(
                new Caller("lin", RunbookOnDisk.Content.People["lin"], StandIn: false),
                home: true,
                TestContext.Current.CancellationToken
            );

        Assert.Equal("unreachable-database", may.Refusal?.Code);
        Assert.Empty(may.Rules);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("page --json")]
    [InlineData("line")]
    [InlineData("raw")]
    public async Task What_cannot_be_put_on_record_is_not_revealed(string what)
    {
        var said = await SayAsync($"leak {what} --reveal", "lin", home: true);

        Assert.Contains("put on record, so nothing is revealed", said, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    private static async Task<string> SayAsync(string line, string person, bool home)
    {
        var books = new CommandBooks(
            new CommandBook([new(LeakCommand.Spec, typeof(LeakCommand))]),
            new RunbookHolder("", null)
        );
        var services = new ServiceCollection().AddTransient<LeakCommand>().BuildServiceProvider();
        var runner = new CommandRunner(
            books,
            new CommandGrammar(books, RunbookOnDisk.Holder),
            Golden.Phrasebooks,
            new CommandHandlers(services),
            Unrecorded.Permissions(),
            Unrecorded.Revealing(),
            NullLogger<CommandRunner>.Instance
        );
        var channel = new Channel(person, home);
        await runner.RunAsync(
            line.Split(' '),
            CultureInfo.GetCultureInfo("en-US"),
            channel,
            CancellationToken.None,
            TestContext.Current.CancellationToken
        );
        return channel.Said;
    }

    private sealed class LeakCommand : ICommand
    {
        public static CommandSpec Spec { get; } =
            new("leak", Topic.See, Effect.Read, "", PermissionNames.HelpSee)
            {
                Arguments = [new("what")],
                Options = [new("text", ValueKind.Word)],
                Aliases = ["泄漏"],
            };

        public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
        {
            var replies = invocation.Replies;
            var page = new Page("looked up", [new Block.Code([Leak])]);
            object data = new
            {
                Rows = new[] { new { Text = Leak, ByUser = new Dictionary<string, string> { ["user_id=42"] = Leak } } },
            };
            switch (invocation.Values["what"])
            {
                case "line":
                    await replies.LineAsync(Leak, data, cancellationToken);
                    return Answer.Shown();
                case "raw":
                    await replies.RawAsync(JsonSerializer.Serialize(data), cancellationToken);
                    await replies.RawAsync(Leak, cancellationToken);
                    return Answer.Shown();
                case "note":
                    await replies.NoteAsync(Leak, cancellationToken);
                    return Answer.Shown();
                case "refusal":
                    return RefusalView.Answer(new Refusal("script-failed", "§2.3", Leak, "1"), invocation.Words);
                default:
                    return new Answer(page, data);
            }
        }
    }

    private sealed class Channel(string person, bool home) : IChannel
    {
        public string Said { get; private set; } = "";

        public bool AtHome => home;

        public Identified Identify(string? standIn) =>
            new(new Caller(person, RunbookOnDisk.Content.People.GetValueOrDefault(person), false), null);

        public IReplies Replies(OutputOptions options) => new Written(this, options);

        public Task RefuseAsync(Page page, RefusalData data, OutputOptions options, CancellationToken cancellationToken)
        {
            Said +=
                $"refused {data.Refused} {data.Section}\n"
                + (options.Json ? JsonSerializer.Serialize(data) : TerminalPage.Render(page, 100, false));
            return Task.CompletedTask;
        }

        private sealed class Written(Channel channel, OutputOptions options) : IReplies
        {
            public Task PageAsync(Page page, object data, CancellationToken cancellationToken) =>
                Say(
                    options.Json
                        ? JsonSerializer.Serialize(data, DataMask.Options)
                        : TerminalPage.Render(page, 100, false)
                );

            public Task LineAsync(Text line, object data, CancellationToken cancellationToken) =>
                Say(options.Json ? JsonSerializer.Serialize(data, DataMask.Options) : line.Plain);

            public Task RawAsync(string line, CancellationToken cancellationToken) => Say(line);

            public Task NoteAsync(Text note, CancellationToken cancellationToken) => Say(note.Plain);

            private Task Say(string text)
            {
                channel.Said += text + "\n";
                return Task.CompletedTask;
            }
        }
    }
}
