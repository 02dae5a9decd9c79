using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Running;
using Glancy.Bot.Commands.Tests.Masking;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Glancy.Bot.Commands.Tests.Grammar;

public class CommandRunnerTests
{
    private static readonly Person Lin = new("lin", "林晓", "lin", null, null, null, null, "zh-CN");

    [Theory]
    [InlineData("change refused", "unreachable-database")]
    [InlineData("change broken", "database-lost")]
    [InlineData("change recorded", "recorded-then-lost")]
    [InlineData("read broken", "unreachable-database")]
    [InlineData("change defect", "internal")]
    public async Task Trouble_is_told_as_exactly_as_it_is_known(string line, string code) =>
        Assert.Equal(code, (await SayAsync(line, Lin)).Refused);

    [Fact]
    public async Task A_person_gets_a_reference_and_never_the_stack()
    {
        var said = await SayAsync("change defect", Lin);
        Assert.Matches("[0-9a-f]{8}", said.Words);
        Assert.DoesNotContain("secret", said.Words, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Internal, said.ExitCode);
    }

    [Fact]
    public async Task A_change_by_somebody_unknown_is_refused_and_a_read_is_not()
    {
        Assert.Equal("unknown-person", (await SayAsync("change fine", null)).Refused);
        Assert.Null((await SayAsync("read fine", null)).Refused);
        Assert.Null((await SayAsync("change fine", Lin)).Refused);
    }

    [Fact]
    public async Task What_is_not_understood_is_not_done()
    {
        var said = await SayAsync("change fine --now", Lin);
        Assert.Equal("unknown-option", said.Refused);
        Assert.Equal(ExitCode.Usage, said.ExitCode);
    }

    [Fact]
    public async Task An_asker_who_left_is_not_answered() =>
        await Assert.ThrowsAsync<OperationCanceledException>(() => SayAsync("read left", Lin, hasLeft: true));

    private static async Task<(ExitCode ExitCode, string? Refused, string Words)> SayAsync(
        string line,
        Person? person,
        bool hasLeft = false
    )
    {
        var books = new CommandBooks(
            new CommandBook([new(Change.Spec, typeof(Change)), new(Read.Spec, typeof(Read))]),
            new RunbookHolder("", null)
        );
        var services = new ServiceCollection().AddTransient<Change>().AddTransient<Read>().BuildServiceProvider();
        var runner = new CommandRunner(
            books,
            new CommandGrammar(books, RunbookOnDisk.Holder),
            Golden.Phrasebooks,
            new CommandHandlers(services),
            Unrecorded.Permissions(),
            Unrecorded.Revealing(),
            NullLogger<CommandRunner>.Instance
        );
        var channel = new Channel(person);
        var gone = new CancellationToken(canceled: hasLeft);
        var ending = await runner.RunAsync(
            line.Split(' '),
            CultureInfo.GetCultureInfo("en-US"),
            channel,
            gone,
            TestContext.Current.CancellationToken
        );
        return (ending, channel.Refused?.Refused, channel.Refused?.Words ?? "");
    }

    private static Answer Do(Invocation invocation)
    {
        switch (invocation.Values["what"])
        {
            case "refused":
                throw new NpgsqlException(
                    "Failed to connect",
                    new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)
                );
            case "broken":
                throw new NpgsqlException("Exception while reading from stream", new IOException("reset"));
            case "recorded":
                invocation.NowRecorded();
                goto case "refused";
            case "defect":
                throw new InvalidOperationException("secret inner workings");
            case "left":
                invocation.Gone.ThrowIfCancellationRequested();
                goto default;
            default:
                return new Answer(new Page("done", []), new { Done = true });
        }
    }

    private sealed class Change : ICommand
    {
        public static CommandSpec Spec { get; } =
            new("change", Topic.Act, Effect.Change, "", PermissionNames.ProcedureDraft) { Arguments = [new("what")] };

        public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken) =>
            Task.FromResult(Do(invocation));
    }

    private sealed class Read : ICommand
    {
        public static CommandSpec Spec { get; } =
            new("read", Topic.See, Effect.Read, "", PermissionNames.HelpSee) { Arguments = [new("what")] };

        public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken) =>
            Task.FromResult(Do(invocation));
    }

    private sealed class Channel(Person? person) : IChannel, IReplies
    {
        public RefusalData? Refused { get; private set; }

        public Identified Identify(string? standIn) => new(new Caller("login", person, false), null);

        public IReplies Replies(OutputOptions options) => this;

        public Task RefuseAsync(Page page, RefusalData data, OutputOptions options, CancellationToken cancellationToken)
        {
            Refused = data;
            return Task.CompletedTask;
        }

        public Task PageAsync(Page page, object data, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task LineAsync(Text line, object data, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RawAsync(string line, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task NoteAsync(Text note, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
