using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.BreakGlass;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident review INC-2025-0418-01 --note ...</c>: another person looks at each break-glass of it (rule 5).
/// </summary>
internal sealed class IncidentReviewCommand(BreakGlassReviews reviews, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident review", Topic.Act, Effect.Change, "8", PermissionNames.IncidentReview)
        {
            Arguments = [new("incident", ValueKind.Incident)],
            Options = [new("note", ValueKind.Sentence, Required: true, Chinese: "意见")],
            Aliases = ["事件 复核", "复核"],
            Examples = ["incident review INC-2025-0418-01 --note \"right call, nobody else was there\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return answers.Of(
            await reviews.ReviewAsync(
                invocation.Person,
                invocation.Values["incident"],
                invocation.Values["note"],
                cancellationToken
            ),
            "incident.reviewed-now",
            invocation
        );
    }
}
