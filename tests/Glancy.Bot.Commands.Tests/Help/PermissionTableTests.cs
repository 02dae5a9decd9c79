using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Running;
using Glancy.Bot.Commands.Tests.Masking;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Glancy.Bot.Commands.Tests.Help;

/// <summary>What help says, what the runner lets through and what is written down are one table.</summary>
public class PermissionTableTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_is_what_commands_and_the_runbook_say()
    {
        var file = Path.Combine(RunbookOnDisk.Root, "docs", "permissions.md");
        var table = await PermissionTable.MarkdownAsync(Token);
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            await File.WriteAllTextAsync(file, table, Token);
            return;
        }

        Assert.Equal(table, await File.ReadAllTextAsync(file, Token));
    }

    [Fact]
    public void Every_command_names_its_permission() =>
        Assert.Empty(Golden.Book.All.Where(c => c.Spec.Permission is null).Select(c => c.Spec.Verbs));

    [Fact]
    public void Every_permission_is_asked_by_a_line_of_the_table() =>
        Assert.Empty(PermissionNames.All.Keys.Except(PermissionTable.Lines().Select(line => line.Name.Id)));

    /// <summary>A form that changes something needs somebody; so no reading changes anything.</summary>
    [Fact]
    public void Only_readings_have_permissions_of_reading() =>
        Assert.All(
            PermissionTable.Lines().Where(line => line.Command is not null),
            line => Assert.Equal(line.Command?.Spec.Effect == Effect.Read, line.Name.Kind == PermissionKind.Read)
        );

    [Fact]
    public async Task The_runner_refuses_whom_the_table_refuses_and_nobody_else()
    {
        var differences = new List<string>();
        foreach (var line in PermissionTable.Lines().Where(line => line.Command is not null))
        {
            foreach (var person in Persons())
            {
                var cell = await PermissionTable.CellAsync(line, person, Token);
                var refused = await SayAsync(line, person);

                // What only the thing at hand can tell, the desk refuses.
                var expected = person is not null && line.Name.AsksTheThing ? false : cell == "no";
                if (expected != refused is not null)
                {
                    var who = person?.Id ?? "a stranger";
                    differences.Add($"{line.Said} by {who}: the table says {cell}, the runner {refused ?? "nothing"}");
                }
            }
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("lin", null)]
    [InlineData("wu", null)]
    [InlineData("now-dba", "not-on-call")]
    [InlineData("olga", "not-on-roster")]
    [InlineData(null, "unknown-person")]
    public async Task The_runner_refuses_in_the_words_of_the_desk(string? id, string? code)
    {
        var person = id is null ? null : PermissionTable.Person(id);
        Assert.Equal(code, await SayAsync(Line("release freeze"), person));
    }

    [Fact]
    public async Task Whoever_is_off_the_roster_hears_of_incidents_what_the_desk_says() =>
        Assert.Equal(
            "incident-not-on-roster",
            await SayAsync(Line("incident close"), PermissionTable.Person(Cast.Nobody))
        );

    [Fact]
    public async Task A_command_that_names_no_permission_is_refused_to_everybody()
    {
        var spec = new CommandSpec("bare", Topic.See, Effect.Read, "", null);
        var command = new CommandRegistration(spec, typeof(Reached));
        var line = new PermissionLine("bare", PermissionNames.HelpSee, "") { Command = command };

        Assert.Equal("permission-unnamed", await SayAsync(line, PermissionTable.Person("lin")));
        Assert.Equal("permission-unnamed", await SayAsync(line, null));
    }

    private static PermissionLine Line(string said) => PermissionTable.Lines().Single(line => line.Said == said);

    private static IEnumerable<Person?> Persons() =>
        PermissionTable
            .Roles.SelectMany(role => new[] { Cast.OnDuty(role), Cast.OffDuty(PermissionTable.Content, role) })
            .Append(Cast.Nobody)
            .Select(PermissionTable.Person)
            .Append<Person?>(null);

    // The code with which the runner refuses; null where it comes to the command's own work.
    private static async Task<string?> SayAsync(PermissionLine line, Person? person)
    {
        var spec = line.Command?.Spec ?? throw new InvalidOperationException($"{line.Said} is no command.");
        var command = new CommandRegistration(spec, typeof(Reached));
        var books = new CommandBooks(new CommandBook([command]), new RunbookHolder("", null));
        var runner = new CommandRunner(
            books,
            new CommandGrammar(books, RunbookOnDisk.Holder),
            Golden.Phrasebooks,
            new CommandHandlers(new ServiceCollection().AddTransient<Reached>().BuildServiceProvider()),
            PermissionTable.Permissions,
            Unrecorded.Revealing(),
            NullLogger<CommandRunner>.Instance
        );
        var values = new Dictionary<string, IReadOnlyList<string>>();
        if (line.Option is { } option)
        {
            values[option] = [];
        }

        var channel = new Channel(person);
        var reading = new Reading.Understood(command, new CommandValues(values), [spec.Verbs], false);
        await runner.RunAsync(reading, CultureInfo.GetCultureInfo("en-US"), channel, Token, Token);
        return channel.Refused;
    }

    private sealed class Reached : ICommand
    {
        public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken) =>
            Task.FromResult(new Answer(new Page("reached", []), new { Reached = true }));
    }

    private sealed class Channel(Person? person) : IChannel, IReplies
    {
        public string? Refused { get; private set; }

        public Identified Identify(string? standIn) => new(new Caller("login", person, false), null);

        public IReplies Replies(OutputOptions options) => this;

        public Task RefuseAsync(Page page, RefusalData data, OutputOptions options, CancellationToken cancellationToken)
        {
            Refused = data.Refused;
            return Task.CompletedTask;
        }

        public Task PageAsync(Page page, object data, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task LineAsync(Text line, object data, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RawAsync(string line, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task NoteAsync(Text note, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
