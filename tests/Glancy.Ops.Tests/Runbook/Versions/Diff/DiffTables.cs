using Glancy.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Releases;
using Glancy.Runbook.Roster;
using Row = (
    System.Type Record,
    string Field,
    string Where,
    bool Looser,
    System.Func<Glancy.Runbook.RunbookContent, Glancy.Runbook.RunbookContent> Edit
);

namespace Glancy.Ops.Tests.Runbook.Versions.Diff;

/// <summary>One edit a row; entries are those of the shipped runbook.</summary>
internal static class DiffTables
{
    private const bool Looser = true;
    private const bool Fine = false;
    private static readonly Words Other = new("别的", "other");

    public static IEnumerable<Row> Hooks() =>
        [
            Hook(nameof(Glancy.Runbook.Hooks.Hook.Name), "hooks/HK-03/name", Fine, h => h with { Name = Other }),
            Hook(
                nameof(Glancy.Runbook.Hooks.Hook.Section),
                "hooks/HK-03/section",
                Fine,
                h => h with { Section = "4.3" }
            ),
            Hook(
                nameof(Glancy.Runbook.Hooks.Hook.Dashboard),
                "hooks/HK-03/dashboard",
                Fine,
                h => h with { Dashboard = "core-slo" }
            ),
            Hook(
                nameof(Glancy.Runbook.Hooks.Hook.DraftsRollback),
                "hooks/HK-03/drafts_rollback",
                Looser,
                h => h with { DraftsRollback = false }
            ),
            Hook(
                nameof(Glancy.Runbook.Hooks.Hook.Measures),
                "hooks/HK-03/burn",
                Looser,
                h => h with { Measures = [.. h.Measures.Skip(1)] }
            ),
            Hook(
                nameof(Glancy.Runbook.Hooks.Hook.Measures),
                "hooks/HK-03/more",
                Fine,
                h => h with { Measures = [.. h.Measures, h.Measures[0] with { Id = "more" }] }
            ),
            (
                typeof(RunbookContent),
                "Hooks",
                "hooks/HK-03",
                Looser,
                c => c with { Hooks = [.. c.Hooks.Where(h => h.Id != "HK-03")] }
            ),
            (
                typeof(RunbookContent),
                "Hooks",
                "hooks/HK-09",
                Fine,
                c => c with { Hooks = [.. c.Hooks, c.Hooks[0] with { Id = "HK-09" }] }
            ),
            Burn(nameof(Measure.Name), "name", Fine, m => m with { Name = Other }),
            Burn(nameof(Measure.Query), "query", Looser, m => m with { Query = "vector(0)" }),
            Burn(nameof(Measure.Window), "window", Looser, m => m with { Window = TimeSpan.FromMinutes(4) }),
            Burn(nameof(Measure.Hold), "hold", Looser, m => m with { Hold = m.Hold + TimeSpan.FromMinutes(1) }),
            Success(nameof(Measure.Samples), "samples", Looser, m => m with { Samples = null }),
            Success(
                nameof(Measure.MinimumSamples),
                "minimum_samples",
                Looser,
                m => m with { MinimumSamples = m.MinimumSamples - 1 }
            ),
            Success(
                nameof(Measure.MinimumSamples),
                "minimum_samples",
                Fine,
                m => m with { MinimumSamples = m.MinimumSamples + 1 }
            ),
            Burn(nameof(Measure.Unit), "unit", Looser, m => m with { Unit = Unit.Count }),
            Burn(nameof(Measure.Red), "red", Looser, m => m with { Red = m.Red with { Limit = 1.3 } }),
            Burn(
                nameof(Measure.Red),
                "red",
                Looser,
                m => m with { Red = m.Red with { Comparison = Comparison.Above } }
            ),
            Burn(
                nameof(Measure.Red),
                "red",
                Looser,
                m => m with { Red = m.Red with { Comparison = Comparison.AtMost } }
            ),
            Burn(nameof(Measure.Red), "red", Fine, m => m with { Red = m.Red with { Limit = 1.1 } }),
            Success(nameof(Measure.Red), "red", Looser, m => m with { Red = m.Red with { Limit = 0.99 } }),
            Success(nameof(Measure.Red), "red", Fine, m => m with { Red = m.Red with { Limit = 0.9995 } }),
            Burn(nameof(Measure.Yellow), "yellow", Looser, m => m with { Yellow = null }),
            Burn(
                nameof(Measure.Yellow),
                "yellow",
                Looser,
                m => m with { Yellow = new Threshold(Comparison.AtLeast, 0.9, Unit.Factor) }
            ),
            Success(
                nameof(Measure.Yellow),
                "yellow",
                Fine,
                m => m with { Yellow = new Threshold(Comparison.Below, 0.9999, Unit.Percent) }
            ),
            Burn(nameof(Measure.Urgent), "urgent", Looser, m => m with { Urgent = null }),
            Burn(
                nameof(Measure.Recovered),
                "recovered",
                Looser,
                m => m with { Recovered = new Threshold(Comparison.AtMost, 0.78, Unit.Factor) }
            ),
            Burn(nameof(Measure.Recovered), "recovered", Looser, m => m with { Recovered = null }),
            Burn(
                nameof(Measure.Recovered),
                "recovered",
                Fine,
                m => m with { Recovered = new Threshold(Comparison.AtMost, 0.7, Unit.Factor) }
            ),
            Success(nameof(Measure.SegmentsByColour), "by_colour", Looser, m => m with { SegmentsByColour = false }),
        ];

    public static IEnumerable<Row> Ladder() =>
        [
            (
                typeof(RunbookContent),
                "Ladder",
                "ladder/REL-B4",
                Looser,
                c => c with { Ladder = c.Ladder with { Rungs = [.. c.Ladder.Rungs.Where(r => r.Batch != "REL-B4")] } }
            ),
            (
                typeof(Ladder),
                nameof(Glancy.Runbook.Releases.Ladder.Rungs),
                "ladder/REL-B4",
                Looser,
                c => c with { Ladder = c.Ladder with { Rungs = [.. c.Ladder.Rungs.Where(r => r.Batch != "REL-B4")] } }
            ),
            (
                typeof(Ladder),
                nameof(Glancy.Runbook.Releases.Ladder.ThawAfter),
                "ladder/thaw_after",
                Looser,
                c => c with { Ladder = c.Ladder with { ThawAfter = TimeSpan.FromMinutes(29) } }
            ),
            (
                typeof(Ladder),
                nameof(Glancy.Runbook.Releases.Ladder.ThawAfter),
                "ladder/thaw_after",
                Fine,
                c => c with { Ladder = c.Ladder with { ThawAfter = TimeSpan.FromMinutes(31) } }
            ),
            Rung(nameof(Glancy.Runbook.Releases.Rung.Weight), "weight", Looser, r => r with { Weight = 60 }),
            Rung(nameof(Glancy.Runbook.Releases.Rung.Weight), "weight", Fine, r => r with { Weight = 40 }),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.Production),
                "production",
                Fine,
                r => r with { Production = false }
            ),
            Rung(nameof(Glancy.Runbook.Releases.Rung.Audience), "audience", Fine, r => r with { Audience = Other }),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.Observation),
                "observation",
                Looser,
                r => r with { Observation = TimeSpan.FromMinutes(29) }
            ),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.Observation),
                "observation",
                Fine,
                r => r with { Observation = TimeSpan.FromMinutes(31) }
            ),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.Rollback),
                "rollback",
                Looser,
                r => r with { Rollback = RollbackWay.Full }
            ),
            Rung(nameof(Glancy.Runbook.Releases.Rung.BackTo), "back_to", Looser, r => r with { BackTo = "REL-B2" }),
            Rung(nameof(Glancy.Runbook.Releases.Rung.Section), "section", Fine, r => r with { Section = "4.3" }),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.Pauses),
                "pauses",
                Fine,
                r => r with { Pauses = new FlagSetting("glancy.exports.enabled", "false") }
            ),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.Pauses),
                "pauses",
                Looser,
                r => r with { Pauses = null },
                "REL-B3"
            ),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.RestoreWithin),
                "restore_within",
                Looser,
                r => r with { RestoreWithin = TimeSpan.FromMinutes(31) },
                "REL-B5"
            ),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.RestoreWithin),
                "restore_within",
                Looser,
                r => r with { RestoreWithin = null },
                "REL-B5"
            ),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.RestoreWithin),
                "restore_within",
                Fine,
                r => r with { RestoreWithin = TimeSpan.FromMinutes(9) }
            ),
            Rung(
                nameof(Glancy.Runbook.Releases.Rung.Gates),
                "degraded",
                Looser,
                r => r with { Gates = [.. r.Gates.Where(g => g.Id != "degraded")] }
            ),
            Gate(nameof(Glancy.Runbook.Releases.Gate.Name), "degraded/name", Fine, g => g with { Name = Other }),
            Gate(nameof(Glancy.Runbook.Releases.Gate.Hook), "degraded/hook", Looser, g => g with { Hook = "HK-01" }),
            Gate(
                nameof(Glancy.Runbook.Releases.Gate.MeasureId),
                "degraded/measure",
                Looser,
                g => g with { MeasureId = "probe" }
            ),
            Gate(
                nameof(Glancy.Runbook.Releases.Gate.Limit),
                "degraded/limit",
                Looser,
                g => g with { Limit = new Threshold(Comparison.AtMost, 0.02, Unit.Percent) }
            ),
            Gate(nameof(Glancy.Runbook.Releases.Gate.Limit), "degraded/limit", Looser, g => g with { Limit = null }),
            Gate(
                nameof(Glancy.Runbook.Releases.Gate.Limit),
                "degraded/limit",
                Fine,
                g => g with { Limit = new Threshold(Comparison.Below, 0.01, Unit.Percent) }
            ),
            Gate(
                nameof(Glancy.Runbook.Releases.Gate.Attestation),
                "degraded/attest",
                Looser,
                g => g with { Attestation = true }
            ),
            Gate(
                nameof(Glancy.Runbook.Releases.Gate.Own),
                "error-budget/query/minimum_samples",
                Looser,
                g => g with { Own = g.Own! with { MinimumSamples = 1 } },
                "error-budget"
            ),
            Gate(
                nameof(Glancy.Runbook.Releases.Gate.Own),
                "error-budget/query",
                Looser,
                g => g with { Own = null },
                "error-budget"
            ),
        ];

    public static IEnumerable<Row> Procedures() =>
        [
            (
                typeof(RunbookContent),
                "Procedures",
                "procedures/rollback",
                Looser,
                c => c with { Procedures = c.Procedures.Where(p => p.Key != "rollback").ToDictionary() }
            ),
            Rollback(nameof(Procedure.Title), "title", Fine, p => p with { Title = Other }),
            Rollback(nameof(Procedure.Consequence), "consequence", Looser, p => p with { Consequence = Other }),
            Rollback(nameof(Procedure.Takes), "takes", Fine, p => p with { Takes = TimeSpan.FromMinutes(9) }),
            Rollback(nameof(Procedure.Section), "section", Fine, p => p with { Section = "5.2" }),
            Rollback(nameof(Procedure.Risk), "risk", Looser, p => p with { Risk = Risk.Change }),
            Rollback(nameof(Procedure.Roles), "roles", Looser, p => p with { Roles = [.. p.Roles, "dba"] }),
            Rollback(nameof(Procedure.Roles), "roles", Fine, p => p with { Roles = ["primary"] }),
            Rollback(nameof(Procedure.Mitigation), "mitigation", Fine, p => p with { Mitigation = false }),
            Rollback(nameof(Procedure.Supersedes), "supersedes", Fine, p => p with { Supersedes = false }),
            Rollback(nameof(Procedure.Risk), "risk", Looser, p => p with { Risk = Risk.Undo }),
            Rollback(nameof(Procedure.BreakGlass), "break_glass", Fine, p => p with { BreakGlass = false }),
            Rollback(nameof(Procedure.AddsRisk), "adds_risk", Fine, p => p with { AddsRisk = true }),
            Rollback(nameof(Procedure.Changes), "changes", Looser, p => p with { Changes = ChangeMode.Reverts }),
            Rollback(nameof(Procedure.Keys), "keys", Looser, p => p with { Keys = ["train/other"] }),
            Rollback(nameof(Procedure.Keys), "keys", Fine, p => p with { Keys = [.. p.Keys, "flag/x"] }),
            Rollback(
                nameof(Procedure.Parameters),
                "parameters/more",
                Fine,
                p => p with { Parameters = [.. p.Parameters, new Parameter("more", Other, "text", false, "x")] }
            ),
            Reason(nameof(Parameter.Title), "title", Fine, p => p with { Title = Other }),
            Reason(nameof(Parameter.Type), "type", Looser, p => p with { Type = "word" }),
            Reason(nameof(Parameter.Required), "required", Looser, p => p with { Required = false }),
            Reason(nameof(Parameter.Default), "default", Looser, p => p with { Default = "none" }),
            Reason(nameof(Parameter.GivenBy), "given_by", true, p => p with { GivenBy = "rung-below" }),
            Rollback(
                nameof(Procedure.Steps),
                "verify-hooks",
                Looser,
                p => p with { Steps = [.. p.Steps.Where(s => s.Id != "verify-hooks")] }
            ),
            Rollback(
                nameof(Procedure.Steps),
                "extra",
                Fine,
                p => p with { Steps = [.. p.Steps, p.Steps[^1] with { Id = "extra" }] }
            ),
            Rollback(
                nameof(Procedure.Steps),
                "extra",
                Looser,
                p => p with { Steps = [p.Steps[0] with { Id = "extra" }, .. p.Steps] }
            ),
            Rollback(
                nameof(Procedure.Steps),
                "order",
                Looser,
                p => p with { Steps = [p.Steps[1], p.Steps[0], .. p.Steps.Skip(2)] }
            ),
            Step(nameof(StepDefinition.Title), "title", Fine, s => s with { Title = Other }),
            Step(nameof(StepDefinition.Kind), "kind", Looser, s => s with { Kind = "manual" }),
            Step(nameof(StepDefinition.Phase), "phase", Looser, s => s with { Phase = StepPhase.Effect }),
            Step(nameof(StepDefinition.When), "when", Looser, s => s with { When = "reason" }),
            Step(
                nameof(StepDefinition.Deadline),
                "deadline",
                Looser,
                s => s with { Deadline = TimeSpan.FromMinutes(21) }
            ),
            Step(
                nameof(StepDefinition.Deadline),
                "deadline",
                Fine,
                s => s with { Deadline = TimeSpan.FromMinutes(19) }
            ),
            Step(
                nameof(StepDefinition.NotLaterThan),
                "not_later_than",
                Fine,
                s => s with { NotLaterThan = TimeSpan.FromMinutes(1) }
            ),
            Step(
                nameof(StepDefinition.NotLaterThan),
                "not_later_than",
                Looser,
                s => s with { NotLaterThan = TimeSpan.FromMinutes(11) },
                "announce"
            ),
            Step(
                nameof(StepDefinition.With),
                "with/light",
                Looser,
                s => s with { With = new Dictionary<string, StepValue>(s.With) { ["light"] = new(["any"], false) } }
            ),
        ];

    public static IEnumerable<Row> Rest() =>
        [
            (
                typeof(RunbookContent),
                "Commands",
                "commands/more",
                Fine,
                c => c with { Commands = With(c.Commands, "more", c.Commands["rollback_stage"] with { Id = "more" }) }
            ),
            Script(nameof(CommandTemplate.Text), "text", Looser, t => t with { Text = "rm" }),
            Script(nameof(CommandTemplate.ReadOnly), "read_only", Looser, t => t with { ReadOnly = true }),
            Script(nameof(CommandTemplate.Parser), "parser", Looser, t => t with { Parser = "none" }),
            Script(
                nameof(CommandTemplate.Deadline),
                "deadline",
                Looser,
                t => t with { Deadline = TimeSpan.FromMinutes(11) }
            ),
            Script(
                nameof(CommandTemplate.Deadline),
                "deadline",
                Fine,
                t => t with { Deadline = TimeSpan.FromMinutes(9) }
            ),
            Script(nameof(CommandTemplate.Changes), "changes", Looser, t => t with { Changes = [] }),
            Script(nameof(CommandTemplate.Section), "section", Fine, t => t with { Section = "5.2" }),
            (
                typeof(RunbookContent),
                "Flags",
                "flags/glancy.lookup.force_basic",
                Looser,
                c => c with { Flags = c.Flags.Where(f => f.Key != "glancy.lookup.force_basic").ToDictionary() }
            ),
            Force(nameof(Flag.Title), "title", Fine, f => f with { Title = Other }),
            Force(nameof(Flag.Default), "default", Looser, f => f with { Default = "true" }),
            Force(nameof(Flag.Values), "values", Looser, f => f with { Values = [] }),
            Force(nameof(Flag.Values), "values", Fine, f => f with { Values = ["false"] }),
            Force(nameof(Flag.KillSwitch), "kill_switch", Looser, f => f with { KillSwitch = false }),
            Force(nameof(Flag.Affects), "affects", Looser, f => f with { Affects = [.. f.Affects, "HK-01"] }),
            Force(nameof(Flag.Affects), "affects", Fine, f => f with { Affects = [] }),
            Force(nameof(Flag.Recovers), "recovers", Looser, f => f with { Recovers = [] }),
            Force(nameof(Flag.Recovers), "recovers", Fine, f => f with { Recovers = [.. f.Recovers, "HK-09"] }),
            Force(nameof(Flag.Section), "section", Fine, f => f with { Section = "5.2" }),
            (
                typeof(RunbookContent),
                "Statements",
                "statements/close-rollback",
                Looser,
                c => c with { Statements = With(c.Statements, "close-rollback", "select 1") }
            ),
            (
                typeof(RunbookContent),
                "Roles",
                "roles/more",
                Looser,
                c => c with { Roles = With(c.Roles, "more", new Role("more", Other, false, ["primary"], [])) }
            ),
            Second(nameof(Role.Name), "name", Fine, r => r with { Name = Other }),
            Second(nameof(Role.ByShift), "by_shift", Fine, r => r with { ByShift = false }),
            Second(
                nameof(Role.StandsInFor),
                "stands_in_for",
                Looser,
                r => r with { StandsInFor = [.. r.StandsInFor, "dba"] }
            ),
            Second(nameof(Role.StandsInFor), "stands_in_for", Fine, r => r with { StandsInFor = [] }),
            Second(nameof(Role.EscalatesTo), "escalates_to", Fine, r => r with { EscalatesTo = [] }),
            (
                typeof(RunbookContent),
                "People",
                "people/neu",
                Fine,
                c => c with { People = With(c.People, "neu", c.People["lin"] with { Id = "neu" }) }
            ),
            Lin(nameof(Person.Name), "name", Fine, p => p with { Name = "x" }),
            Lin(nameof(Person.Login), "login", Looser, p => p with { Login = "x" }),
            Lin(nameof(Person.Slack), "slack", Looser, p => p with { Slack = "x" }),
            Lin(nameof(Person.PagerDuty), "pagerduty", Fine, p => p with { PagerDuty = "x" }),
            Lin(nameof(Person.GitHub), "github", Fine, p => p with { GitHub = "x" }),
            Lin(nameof(Person.Phone), "phone", Fine, p => p with { Phone = "x" }),
            Lin(nameof(Person.Language), "language", Fine, p => p with { Language = "en-US" }),
            (
                typeof(RosterBook),
                nameof(RosterBook.Sources),
                "roster/sources/dba",
                Looser,
                c =>
                    c with
                    {
                        Roster = c.Roster with
                        {
                            Sources =
                            [
                                new RosterSource("dba", SourceKind.PagerDuty, "PABC123", TimeSpan.FromMinutes(30)),
                            ],
                        },
                    }
            ),
            Roster(nameof(RosterBook.TimeZone), "time_zone", r => r with { TimeZone = "UTC" }),
            Roster(nameof(RosterBook.Shifts), "shifts", r => r with { Shifts = [] }),
            Roster(
                nameof(RosterBook.RotationStart),
                "start",
                r => r with { RotationStart = r.RotationStart.AddDays(7) }
            ),
            Roster(nameof(RosterBook.RestRotation), "rest", r => r with { RestRotation = [r.Rotation[0]] }),
            Roster(nameof(RosterBook.Days), "days", r => r with { Days = [] }),
            Roster(nameof(RosterBook.Rotation), "rotation", r => r with { Rotation = [.. r.Rotation.Reverse()] }),
            Roster(
                nameof(RosterBook.Standing),
                "standing/dba",
                r => r with { Standing = With(r.Standing, "dba", ["lin"]) }
            ),
            Roster(
                nameof(RosterBook.Overrides),
                "overrides",
                r => r with { Overrides = [new RosterOverride("primary", "wu", default, default, "x")] }
            ),
            (
                typeof(RunbookContent),
                "Roster",
                "roster/time_zone",
                Fine,
                c => c with { Roster = c.Roster with { TimeZone = "UTC" } }
            ),
            (
                typeof(RunbookContent),
                "Dashboards",
                "dashboards/core-slo",
                Fine,
                c => c with { Dashboards = c.Dashboards.Where(d => d.Key != "core-slo").ToDictionary() }
            ),
            (
                typeof(Dashboard),
                nameof(Dashboard.Name),
                "dashboards/core-slo/name",
                Fine,
                c =>
                    c with
                    {
                        Dashboards = With(c.Dashboards, "core-slo", c.Dashboards["core-slo"] with { Name = Other }),
                    }
            ),
            (
                typeof(Dashboard),
                nameof(Dashboard.Url),
                "dashboards/core-slo/url",
                Fine,
                c =>
                    c with
                    {
                        Dashboards = With(
                            c.Dashboards,
                            "core-slo",
                            c.Dashboards["core-slo"] with
                            {
                                Url = new Uri("https://x"),
                            }
                        ),
                    }
            ),
            Lease(nameof(LeaseRules.UndoFree), "undo_free", l => l with { UndoFree = l.UndoFree * 2 }),
            Lease(nameof(LeaseRules.RemindEvery), "remind_every", l => l with { RemindEvery = l.RemindEvery * 2 }),
            (
                typeof(RunbookContent),
                "Leases",
                "leases/undo_free",
                Fine,
                c => c with { Leases = c.Leases with { UndoFree = TimeSpan.Zero } }
            ),
            (
                typeof(RunbookContent),
                "Escalation",
                "escalation/chain",
                Looser,
                c => c with { Escalation = c.Escalation with { Chain = [.. c.Escalation.Chain.Take(3)] } }
            ),
            (
                typeof(EscalationRules),
                nameof(EscalationRules.Chain),
                "escalation/chain",
                Looser,
                c => c with { Escalation = c.Escalation with { Chain = [.. c.Escalation.Chain.Reverse()] } }
            ),
            (
                typeof(EscalationRules),
                nameof(EscalationRules.Clocks),
                "escalation/sev2",
                Looser,
                c =>
                    c with
                    {
                        Escalation = c.Escalation with
                        {
                            Clocks = [.. c.Escalation.Clocks.Where(k => k.Severity != Severity.Sev2)],
                        },
                    }
            ),
            (
                typeof(EscalationRules),
                nameof(EscalationRules.Proposals),
                "escalation/proposals/HK-05",
                Looser,
                c =>
                    c with
                    {
                        Escalation = c.Escalation with
                        {
                            Proposals = [.. c.Escalation.Proposals.Where(p => p.Hook != "HK-05")],
                        },
                    }
            ),
            (
                typeof(EscalationRules),
                nameof(EscalationRules.Alone),
                "escalation/alone/ask_again",
                Looser,
                c =>
                    c with
                    {
                        Escalation = c.Escalation with
                        {
                            Alone = c.Escalation.Alone with { AskAgain = TimeSpan.FromMinutes(20) },
                        },
                    }
            ),
            Alone(nameof(AloneRule.AskAgain), "ask_again", Looser, a => a with { AskAgain = a.AskAgain * 2 }),
            Alone(nameof(AloneRule.AskAgain), "ask_again", Fine, a => a with { AskAgain = a.AskAgain / 2 }),
            Alone(nameof(AloneRule.AtMost), "at_most", Looser, a => a with { AtMost = a.AtMost * 2 }),
            Alone(nameof(AloneRule.AtMost), "at_most", Fine, a => a with { AtMost = a.AtMost / 2 }),
            Alone(nameof(AloneRule.Section), "section", Fine, a => a with { Section = "4.4" }),
            Fifth(nameof(SeverityRule.Severity), "severity", Looser, p => p with { Severity = Severity.Sev2 }),
            Fifth(nameof(SeverityRule.Section), "section", Fine, p => p with { Section = "1.2" }),
            Sev1(
                nameof(SeverityClock.Acknowledge),
                "acknowledge",
                Looser,
                k => k with { Acknowledge = k.Acknowledge * 2 }
            ),
            Sev1(
                nameof(SeverityClock.Acknowledge),
                "acknowledge",
                Fine,
                k => k with { Acknowledge = k.Acknowledge / 2 }
            ),
            Sev1(nameof(SeverityClock.Pager), "pager", Looser, k => k with { Pager = PagerOwner.PagerDuty }),
            Sev1(nameof(SeverityClock.Section), "section", Fine, k => k with { Section = "1.2" }),
            (
                typeof(RunbookContent),
                "Source",
                "source/title",
                Fine,
                c => c with { Source = c.Source with { Title = "x" } }
            ),
            (
                typeof(RunbookSource),
                nameof(RunbookSource.Title),
                "source/title",
                Fine,
                c => c with { Source = c.Source with { Title = "x" } }
            ),
            (
                typeof(RunbookSource),
                nameof(RunbookSource.Sha256),
                "source/sha256",
                Fine,
                c => c with { Source = c.Source with { Sha256 = "x" } }
            ),
            (
                typeof(RunbookSource),
                nameof(RunbookSource.Date),
                "source/date",
                Fine,
                c => c with { Source = c.Source with { Date = new DateOnly(2027, 1, 1) } }
            ),
            (
                typeof(RunbookSource),
                nameof(RunbookSource.Sections),
                "source/sections",
                Fine,
                c => c with { Source = c.Source with { Sections = new HashSet<string>() } }
            ),
        ];

    private static Row Fifth(string field, string where, bool looser, Func<SeverityRule, SeverityRule> edit) =>
        (
            typeof(SeverityRule),
            field,
            "escalation/proposals/HK-05/" + where,
            looser,
            c =>
                c with
                {
                    Escalation = c.Escalation with
                    {
                        Proposals = [.. c.Escalation.Proposals.Select(p => p.Hook == "HK-05" ? edit(p) : p)],
                    },
                }
        );

    private static Row Alone(string field, string where, bool looser, Func<AloneRule, AloneRule> edit) =>
        (
            typeof(AloneRule),
            field,
            "escalation/alone/" + where,
            looser,
            c => c with { Escalation = c.Escalation with { Alone = edit(c.Escalation.Alone) } }
        );

    private static Row Sev1(string field, string where, bool looser, Func<SeverityClock, SeverityClock> edit) =>
        (
            typeof(SeverityClock),
            field,
            "escalation/sev1/" + where,
            looser,
            c =>
                c with
                {
                    Escalation = c.Escalation with
                    {
                        Clocks = [.. c.Escalation.Clocks.Select(k => k.Severity == Severity.Sev1 ? edit(k) : k)],
                    },
                }
        );

    private static Row Hook(string field, string where, bool looser, Func<Hook, Hook> edit) =>
        (
            typeof(Hook),
            field,
            where,
            looser,
            c => c with { Hooks = [.. c.Hooks.Select(h => h.Id == "HK-03" ? edit(h) : h)] }
        );

    private static Row Measured(
        string hook,
        string measure,
        string field,
        string where,
        bool looser,
        Func<Measure, Measure> edit
    ) =>
        (
            typeof(Measure),
            field,
            $"hooks/{hook}/{measure}/{where}",
            looser,
            c =>
                c with
                {
                    Hooks =
                    [
                        .. c.Hooks.Select(h =>
                            h.Id == hook
                                ? h with
                                {
                                    Measures = [.. h.Measures.Select(m => m.Id == measure ? edit(m) : m)],
                                }
                                : h
                        ),
                    ],
                }
        );

    private static Row Burn(string field, string where, bool looser, Func<Measure, Measure> edit) =>
        Measured("HK-03", "burn", field, where, looser, edit);

    private static Row Success(string field, string where, bool looser, Func<Measure, Measure> edit) =>
        Measured("HK-01", "success", field, where, looser, edit);

    private static Row Rung(string field, string where, bool looser, Func<Rung, Rung> edit, string batch = "REL-B4") =>
        (
            typeof(Rung),
            field,
            $"ladder/{batch}/{where}",
            looser,
            c =>
                c with
                {
                    Ladder = c.Ladder with { Rungs = [.. c.Ladder.Rungs.Select(r => r.Batch == batch ? edit(r) : r)] },
                }
        );

    private static Row Gate(string field, string where, bool looser, Func<Gate, Gate> edit, string gate = "degraded")
    {
        var row = Rung(
            field,
            where,
            looser,
            r => r with { Gates = [.. r.Gates.Select(g => g.Id == gate ? edit(g) : g)] }
        );
        return row with { Record = typeof(Gate) };
    }

    private static Row Rollback(string field, string where, bool looser, Func<Procedure, Procedure> edit) =>
        (
            typeof(Procedure),
            field,
            "procedures/rollback/" + where,
            looser,
            c => c with { Procedures = With(c.Procedures, "rollback", edit(c.Procedures["rollback"])) }
        );

    private static Row Reason(string field, string where, bool looser, Func<Parameter, Parameter> edit)
    {
        var row = Rollback(
            field,
            "parameters/reason/" + where,
            looser,
            p => p with { Parameters = [.. p.Parameters.Select(x => x.Name == "reason" ? edit(x) : x)] }
        );
        return row with { Record = typeof(Parameter) };
    }

    private static Row Step(
        string field,
        string where,
        bool looser,
        Func<StepDefinition, StepDefinition> edit,
        string step = "verify-hooks"
    )
    {
        var row = Rollback(
            field,
            $"{step}/{where}",
            looser,
            p => p with { Steps = [.. p.Steps.Select(s => s.Id == step ? edit(s) : s)] }
        );
        return row with { Record = typeof(StepDefinition) };
    }

    private static Row Script(string field, string where, bool looser, Func<CommandTemplate, CommandTemplate> edit) =>
        (
            typeof(CommandTemplate),
            field,
            "commands/rollback_stage/" + where,
            looser,
            c => c with { Commands = With(c.Commands, "rollback_stage", edit(c.Commands["rollback_stage"])) }
        );

    private static Row Force(string field, string where, bool looser, Func<Flag, Flag> edit) =>
        (
            typeof(Flag),
            field,
            "flags/glancy.lookup.force_basic/" + where,
            looser,
            c =>
                c with
                {
                    Flags = With(c.Flags, "glancy.lookup.force_basic", edit(c.Flags["glancy.lookup.force_basic"])),
                }
        );

    private static Row Lease(string field, string where, Func<LeaseRules, LeaseRules> edit) =>
        (typeof(LeaseRules), field, "leases/" + where, Looser, c => c with { Leases = edit(c.Leases) });

    private static Row Second(string field, string where, bool looser, Func<Role, Role> edit) =>
        (
            typeof(Role),
            field,
            "roles/secondary/" + where,
            looser,
            c => c with { Roles = With(c.Roles, "secondary", edit(c.Roles["secondary"])) }
        );

    private static Row Lin(string field, string where, bool looser, Func<Person, Person> edit) =>
        (
            typeof(Person),
            field,
            "people/lin/" + where,
            looser,
            c => c with { People = With(c.People, "lin", edit(c.People["lin"])) }
        );

    private static Row Roster(string field, string where, Func<RosterBook, RosterBook> edit) =>
        (typeof(RosterBook), field, "roster/" + where, Fine, c => c with { Roster = edit(c.Roster) });

    private static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T> all, string key, T value) =>
        new(all) { [key] = value };
}
