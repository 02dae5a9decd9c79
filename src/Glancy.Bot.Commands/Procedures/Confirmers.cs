using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.BreakGlass;
using Glancy.Ops.Incidents;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>Who may confirm a run now.</summary>
/// <param name="Roles">The procedure's roles, each with those who hold it.</param>
/// <param name="StandIns">Those who may in place of a role: Secondary for Primary.</param>
/// <param name="Needed">Distinct persons altogether, when the run's hook is not red any more.</param>
public sealed record Confirmers(
    IReadOnlyList<(string Role, IReadOnlyList<Person> Holders)> Roles,
    IReadOnlyList<Person> StandIns,
    int Needed
)
{
    /// <summary>
    /// The open Sev-1 under which one of <see cref="Alone"/> may confirm alone; null when there is none or the
    /// procedure does not allow it.
    /// </summary>
    public Incident? Sev1 { get; init; }

    /// <summary>
    /// Somebody on duty, or the bot, stands behind the draft; where nobody does, nobody is called by it.
    /// </summary>
    public bool StoodBehind { get; init; } = true;

    /// <summary>Those who may confirm by break-glass now.</summary>
    public IReadOnlyList<Person> Alone { get; init; } = [];

    public static Confirmers Of(Run run, OnCall onCall, Names names)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(onCall);
        ArgumentNullException.ThrowIfNull(names);
        var wanted = run.Definition.Roles;
        var standIns = names
            .Runbook.Roles.Values.Where(role => !wanted.Contains(role.Id) && role.StandsInFor.Any(wanted.Contains))
            .SelectMany(role => onCall.Holders.GetValueOrDefault(role.Id, []));
        return new Confirmers(
            [.. wanted.Select(role => (role, onCall.Holders.GetValueOrDefault(role, [])))],
            [.. standIns.DistinctBy(p => p.Id)],
            Approvals.PersonsNeeded(run.Plan.Risk, draftedByBot: false, hookStillRed: false)
        )
        {
            StoodBehind = Approvals.StoodBehind(run, onCall, names.Runbook),
        };
    }

    /// <summary>The same, and who may confirm alone while one of these incidents is a Sev-1.</summary>
    public Confirmers With(Run run, OnCall onCall, IReadOnlyList<Incident> open, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(onCall);
        var wanted = PermissionRule.Wanted(runbook, PermissionNames.RunBreakGlass);
        return run.Definition.BreakGlass && BreakGlassRule.Sev1(open) is { } sev1
            ? this with
            {
                Sev1 = sev1,
                Alone = [.. wanted.SelectMany(r => onCall.Holders.GetValueOrDefault(r, [])).DistinctBy(p => p.Id)],
            }
            : this;
    }

    /// <summary>Roles with their holders, then how many persons it takes.</summary>
    public IReadOnlyList<Fact> Facts(Run run, Names names)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(names);
        var words = names.Words;
        var holders = Roles
            .Select(r => words.Say("page.in-brackets", names.Role(r.Role), names.Persons(r.Holders)))
            .ToList();
        var may = Text.Join(words["page.item-separator"], holders);
        if (StandIns.Count > 0)
        {
            may = words.Say("run.stand-ins", may, names.Persons(StandIns));
        }

        return
        [
            new Fact(words["run.may-confirm"], may),
            new Fact(words["run.persons"], Persons(run, words)),
            .. BrokenGlass(names),
        ];
    }

    /// <summary>How many persons it takes, and in which roles.</summary>
    public IReadOnlyList<Fact> Brief(Run run, Names names)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(names);
        var words = names.Words;
        var roles = Text.Join(words["run.or"], Roles.Select(r => names.Role(r.Role)));
        return
        [
            new Fact(words["run.persons"], words.Say("page.in-brackets", Persons(run, words), roles)),
            .. BrokenGlass(names),
        ];
    }

    private Text Persons(Run run, Phrasebook words) =>
        Needed < 2 ? words["run.one-person"]
        : run.RequestedBy == Actor.Bot && run.Context is { } context ? words.Say("run.one-while-red", context.Hook)
        : words["run.two-persons"];

    private IEnumerable<Fact> BrokenGlass(Names names) =>
        Sev1 is null ? [] : [new Fact(names.Words["break-glass.label"], BreakGlassText.Possible(Sev1, Alone, names))];
}
