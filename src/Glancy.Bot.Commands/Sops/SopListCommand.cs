using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Sops;

/// <summary><c>glancy sop list</c>: the SOPs of §5.2 with what each one does, whether or not its alert fires.</summary>
internal sealed class SopListCommand(RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("sop list", Topic.See, Effect.Read, "5.2", PermissionNames.SopSee)
        {
            Aliases = ["预案 列表", "sops"],
            Examples = ["sop list"],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        return Task.FromResult(
            new Answer(SopListView.Page(new Names(invocation.Words, content)), SopListData.Of(content))
        );
    }
}

/// <summary>SOPs as data.</summary>
internal sealed record SopListData(IReadOnlyList<SopData> Sops)
{
    internal static SopListData Of(RunbookContent content) =>
        new([
            .. content.Alerts.Sops.Select(s => new SopData(
                s.Id,
                s.Section,
                s.Severity.ToString(),
                [.. s.Act.Select(a => new SopActData(a.Procedure, a.Glancy, a.Typed))]
            )),
        ]);
}

/// <param name="Severity">What an alert of it opens as.</param>
internal sealed record SopData(string Id, string Section, string Severity, IReadOnlyList<SopActData> Acts);

/// <summary>One of the three is there, the others are null.</summary>
/// <param name="Glancy">A line for the bot, without its name.</param>
/// <param name="Typed">What a person types.</param>
internal sealed record SopActData(string? Procedure, string? Glancy, string? Typed);
