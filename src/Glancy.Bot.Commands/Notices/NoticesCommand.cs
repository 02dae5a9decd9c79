using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Notices;

/// <summary>
/// <c>glancy notices</c>: the cards, posts and pages the bot has put up by itself, oldest of the newest first.
/// </summary>
internal sealed class NoticesCommand(NoticeBoard board, RunbookHolder runbook) : ICommand
{
    private const int Usually = 20;
    private const int Most = 200;

    public static CommandSpec Spec { get; } =
        new("notices", Topic.See, Effect.Read, "1.2", PermissionNames.NoticeSee)
        {
            Options =
            [
                new("limit", ValueKind.Number, Chinese: "条数"),
                new("after", ValueKind.Number, Chinese: "晚于"),
            ],
            Aliases = ["通知"],
            Examples = ["notices", "notices --limit 50"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var limit = Math.Min(invocation.Values.Number("limit") ?? Usually, Most);
        var notices = await board.ListAsync(invocation.Values.Number("after") ?? 0, limit, cancellationToken);
        var names = new Names(invocation.Words, runbook.Current);
        return new Answer(
            NoticesView.Page(notices, names),
            new NoticesData([
                .. notices.Select(n => new NoticeData
                {
                    Id = n.Id,
                    Key = n.Key,
                    Kind = n.Kind,
                    At = n.At,
                    Template = n.Template,
                    Arguments = n.Arguments,
                    RunId = n.RunId,
                    Revision = n.Revision,
                    Words = NoticesView.Words(n, names).Plain,
                }),
            ])
        );
    }
}

/// <summary>Notices as data.</summary>
internal sealed record NoticesData(IReadOnlyList<NoticeData> Notices);

/// <summary>One notice as data, with its words.</summary>
internal sealed record NoticeData
{
    public required long Id { get; init; }

    public required string Key { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Template { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required long? RunId { get; init; }

    public required int Revision { get; init; }

    public required string Words { get; init; }
}
