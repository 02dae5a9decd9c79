using Glancy.Ops.BreakGlass;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Policy;

/// <summary>Whether a person may confirm a procedure now, and why.</summary>
/// <param name="Role">The role in which; null when the person may only be the second.</param>
/// <param name="PersonsNeeded">Distinct persons altogether.</param>
public sealed record PolicyAnswer(bool Yes, Refusal? Why, string? Role, int PersonsNeeded)
{
    /// <summary>The open Sev-1 under which one person suffices; null for an ordinary confirmation.</summary>
    public string? BreakGlassUnder { get; init; }
}

/// <summary>Answers policy questions without drafting anything.</summary>
public sealed class PolicyDesk(
    RunbookHolder runbook,
    DutyRoster roster,
    PlanGuards guards,
    RiskAssessment risks,
    GivenArguments given,
    IncidentStore incidents,
    TimeProvider clock
)
{
    /// <summary>Asks for a procedure by id; arguments are checked like a draft's.</summary>
    /// <param name="breakGlass">Asks whether the person may do it alone.</param>
    public async Task<PolicyAnswer> CanAsync(
        Person person,
        string procedure,
        IReadOnlyDictionary<string, string> arguments,
        bool breakGlass,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var content = runbook.Current;
        if (!content.Procedures.TryGetValue(procedure, out var definition))
        {
            return No(
                new Refusal(
                    "unknown-procedure",
                    "",
                    procedure,
                    string.Join(", ", content.Procedures.Keys.Order(StringComparer.Ordinal))
                ),
                0
            );
        }

        // A question may leave parameters open; what is given has to be right.
        if (
            !given.With(definition, arguments, content).Has(out var all, out var wrong)
            || (wrong = ProcedureArguments.Check(definition, all, content, complete: false)) is not null
        )
        {
            return No(wrong, 0);
        }

        var needed = Approvals.PersonsNeeded(
            risks.Declared(definition, all, content),
            draftedByBot: false,
            hookStillRed: false
        );
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        // In the order of the click: who may not is told so before anything else is looked at.
        PolicyAnswer may;
        if (breakGlass)
        {
            var open = await incidents.OpenAsync(cancellationToken);
            may = BreakGlassRule.Objection(definition, person, onCall, open, content) is { } objection
                ? No(objection, needed)
                : new PolicyAnswer(true, null, BreakGlassRule.RoleOf(person, onCall, content), 1)
                {
                    BreakGlassUnder = BreakGlassRule.Sev1(open)?.Id,
                };
        }
        else
        {
            var (role, refusal) = Approvals.MayConfirm(person, definition.Roles, needed > 1, onCall, content);
            may = refusal is null ? new PolicyAnswer(true, null, role, needed) : No(refusal, needed);
        }

        if (!may.Yes)
        {
            return may;
        }

        var question = new GuardQuestion(
            GuardMoment.Confirmation,
            definition,
            ProcedureArguments.Complete(definition, all),
            [person.Id],
            new Decision()
        );
        return await guards.RefusalAsync(question, cancellationToken) is { } forbidden ? No(forbidden, needed) : may;
    }

    private static PolicyAnswer No(Refusal why, int needed) => new(false, why, null, needed);
}
