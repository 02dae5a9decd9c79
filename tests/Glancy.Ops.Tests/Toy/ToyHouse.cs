using System.Globalization;
using System.Text;
using Glancy.Bot.Commands;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Running;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Tests.Runbook;
using Microsoft.Extensions.DependencyInjection;
using Page = Glancy.Bot.Commands.Pages.Page;

namespace Glancy.Ops.Tests.Toy;

/// <summary>
/// All of operations and all commands, with a toy beside them: one class of state, one kind of step, one procedure
/// file. What a person would type is said as it is typed.
/// </summary>
internal sealed class ToyHouse : IAsyncDisposable
{
    // Third walk of docs/contributing.md.
    private const string Procedure = """
        id: toy-set
        title: { zh: "玩具灯：{value}", en: "Toy lamp: {value}" }
        section: "2.3"
        command:
          says: toy set
          aliases: [玩具 设]
          summary: { zh: 起草玩具灯的开关, en: Draft a turn of the toy lamp }
          title: { zh: 起草玩具灯, en: Draft the lamp }
          positional: [value]
          examples: ["toy set on --reason \"it is dark\""]
        risk: change
        changes: both
        roles: [primary]
        mitigation: true
        keys: [toy/lamp]
        parameters:
          - { name: value, type: word, required: true, title: { zh: 开或关, en: On or off } }
          - { name: lease, type: word, title: { zh: 临时变更, en: Lease } }
          - { name: from, type: word, title: { zh: 现值, en: Value now } }
          - { name: reason, type: text, required: true, title: { zh: 原因, en: Reason } }
        steps:
          - id: set
            kind: toy.set
            title: { zh: 转动玩具灯, en: Turn the toy lamp }
            with: { value: "{value}", from: "{from}" }
            deadline: 60s
          - id: verify
            kind: http.check
            phase: verify
            title: { zh: 健康检查, en: The product is up }
            with: { path: /actuator/health, expect: [status=200] }
            deadline: 60s

        """;

    private readonly RunbookCopy copy;

    private ToyHouse(OpsHouse house, RunbookCopy copy)
    {
        House = house;
        this.copy = copy;
    }

    public OpsHouse House { get; }

    public ToyLamp Lamp => House.Get<ToyLamp>();

    public static async Task<ToyHouse> BuildAsync(
        PostgresFixture postgres,
        IKillPoints? kills,
        CancellationToken cancellationToken
    )
    {
        var copy = new RunbookCopy();
        copy.Write("procedures/toy-set.yaml", Procedure);
        var loaded = OpsServices.FilesAlone(services => Add(services)).Load(copy.Folder);
        Assert.Empty(loaded.Problems);
        var databases = await postgres.TakeAsync(cancellationToken);
        var house = OpsHouse.Build(
            databases,
            copy.Folder,
            "toy",
            loaded.Content,
            more: services =>
            {
                Add(services);
                if (kills is not null)
                {
                    services.AddSingleton(kills);
                }
            }
        );
        return new ToyHouse(house, copy);
    }

    /// <summary>Everything that the product has to be told of the toy: two registrations.</summary>
    private static void Add(IServiceCollection services) =>
        services.AddSingleton<ToyLamp>().AddTarget<ToyTarget>().AddAction<ToySet>().AddGlancyBotCommands();

    /// <summary>What a person types, and the words that come back.</summary>
    public async Task<(ExitCode ExitCode, string Words)> SayAsync(string line, string person, string language = "en-US")
    {
        var channel = new Channel(new Caller(person, House.Person(person), StandIn: false));
        var argv = Argv.Split(line) ?? throw new FormatException(line);
        var token = TestContext.Current.CancellationToken;
        var ending = await House
            .Get<CommandRunner>()
            .RunAsync(argv, CultureInfo.GetCultureInfo(language), channel, token, token);
        return (ending, channel.Words);
    }

    /// <summary>As <see cref="SayAsync"/>, where it has to go well.</summary>
    public async Task<string> DoAsync(string line, string person, string language = "en-US")
    {
        var (ending, words) = await SayAsync(line, person, language);
        Assert.True(ending == ExitCode.Done, $"{line}: {ending}\n{words}");
        return words;
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        copy.Dispose();
    }

    private sealed class Channel(Caller caller) : IChannel, IReplies
    {
        private readonly StringBuilder words = new();

        public bool StaysOpen => false;

        public string Words => words.ToString();

        public Identified Identify(string? standIn) => new(caller, null);

        public IReplies Replies(OutputOptions options) => this;

        public Task RefuseAsync(
            Page page,
            RefusalData data,
            OutputOptions options,
            CancellationToken cancellationToken
        ) => PageAsync(page, data, cancellationToken);

        public Task PageAsync(Page page, object data, CancellationToken cancellationToken) =>
            SayAsync(TerminalPage.Render(page, 120, colour: false));

        public Task LineAsync(Text line, object data, CancellationToken cancellationToken) => SayAsync(line.Plain);

        public Task RawAsync(string line, CancellationToken cancellationToken) => SayAsync(line);

        public Task NoteAsync(Text note, CancellationToken cancellationToken) => SayAsync(note.Plain);

        private Task SayAsync(string said)
        {
            words.AppendLine(said);
            return Task.CompletedTask;
        }
    }
}
