using System.Text;
using System.Text.Json;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Running;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Bot.Terminal;

/// <summary>One terminal that asked one thing: who sits there, and lines back to it.</summary>
/// <param name="login">The account of the socket's peer.</param>
/// <param name="standIns">Whether somebody may speak as another person: in the sandbox only.</param>
internal sealed class TerminalChannel(
    TerminalRequest request,
    string login,
    bool standIns,
    RunbookContent runbook,
    Stream answer
) : IChannel
{
    // Lines of progress stand above; a page after them begins with an empty line.
    private bool hasLines;

    public bool AtHome => true;

    public Identified Identify(string? standIn)
    {
        var self = new Caller(login, runbook.People.Values.FirstOrDefault(p => p.Login == login), StandIn: false);
        if ((standIn ?? request.As) is not { } name)
        {
            return new Identified(self, null);
        }

        if (!standIns)
        {
            return new Identified(self, new Refusal("stand-in-forbidden", "§8", name));
        }

        var found = PersonNames.Find(runbook.People.Values, name);
        return found.Id is { } id && runbook.People[id] is var person
            ? new Identified(new Caller(person.Login, person, StandIn: true), null)
            : new Identified(self, NotRecognised.Person(found, name));
    }

    public IReplies Replies(OutputOptions options) => new TerminalReplies(this, options);

    public Task RefuseAsync(Page page, RefusalData data, OutputOptions options, CancellationToken cancellationToken) =>
        WriteAsync(
            options.Json
                ? new TerminalPiece(Out: Data(data))
                : new TerminalPiece(
                    Err: TerminalPage.Render(Pastable.In(page, request.Program), request.Width, request.Colour)
                ),
            cancellationToken
        );

    public async Task WriteAsync(TerminalPiece piece, CancellationToken cancellationToken)
    {
        await answer.WriteAsync(Encoding.UTF8.GetBytes(piece.Written), cancellationToken);
        await answer.FlushAsync(cancellationToken);
    }

    private static string Data(object data) => JsonSerializer.Serialize(data, data.GetType(), TerminalJson.Data) + "\n";

    private sealed class TerminalReplies(TerminalChannel channel, OutputOptions options) : IReplies
    {
        public Task PageAsync(Page page, object data, CancellationToken cancellationToken)
        {
            var apart = channel.hasLines ? "\n" : "";
            channel.hasLines = false;
            return channel.WriteAsync(
                new TerminalPiece(
                    Out: options.Json
                        ? Data(data)
                        : apart + TerminalPage.Render(Pastable.In(page, channel.Program), channel.Width, channel.Colour)
                ),
                cancellationToken
            );
        }

        public Task LineAsync(Text line, object data, CancellationToken cancellationToken)
        {
            channel.hasLines = true;
            return channel.WriteAsync(
                new TerminalPiece(
                    Out: options.Json
                        ? Data(data)
                        : TerminalPage.Line(Pastable.In(line, channel.Program), channel.Colour)
                ),
                cancellationToken
            );
        }

        public Task RawAsync(string line, CancellationToken cancellationToken) =>
            channel.WriteAsync(new TerminalPiece(Out: line + "\n"), cancellationToken);

        public Task NoteAsync(Text note, CancellationToken cancellationToken) =>
            channel.WriteAsync(
                new TerminalPiece(Err: TerminalPage.Line(note.In(Tone.Dim), channel.Colour)),
                cancellationToken
            );
    }

    private int Width => request.Width;

    private bool Colour => request.Colour;

    private string? Program => request.Program;
}
