using FsCheck.Xunit;
using Glancy.Runbook;
using Glancy.Runbook.Alerts;
using Glancy.Runbook.Differences;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Masking;
using Glancy.Runbook.Patrols;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Releases;
using Glancy.Runbook.Slo;

namespace Glancy.Ops.Tests.Runbook.Versions.Diff;

/// <summary>Every field of the data, each way: where it is told, and whether it is looser.</summary>
public sealed class RunbookDiffTests
{
    private static readonly RunbookContent Base = RunbookFolders.Load();

    /// <summary>One change of one field of one entry.</summary>
    private static readonly List<(
        Type Record,
        string Field,
        string Where,
        bool Looser,
        Func<RunbookContent, RunbookContent> Edit
    )> Table =
    [
        .. DiffTables.Hooks(),
        .. DiffTables.Ladder(),
        .. DiffTables.Procedures(),
        .. DiffTables.Rest(),
        .. PromiseTables.Promises(),
        .. PromiseTables.Masks(),
        .. PatrolTables.Patrols(),
        .. AlertTables.Alerts(),
        .. VerbTables.Verbs(),
        .. PermissionTables.Permissions(),
    ];

    public static TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            for (var i = 0; i < Table.Count; i++)
            {
                rows.Add(
                    i,
                    $"{Table[i].Record.Name}.{Table[i].Field} {(Table[i].Looser ? "looser" : "not looser")} "
                        + $"at {Table[i].Where}"
                );
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_change_is_told_where_it_is_and_which_way_it_goes(int row, string what)
    {
        var (_, _, where, looser, edit) = Table[row];

        var changes = RunbookDiff.Between(Base, edit(Base));

        var change = Assert.Single(changes);
        Assert.True(
            (where, looser) == (change.Where, change.Looser),
            $"{what}: {change} {(change.Looser ? "looser" : "")}"
        );
        Assert.NotEqual(change.Before, change.After);
    }

    /// <summary>A field added to the data has to be given a place in the table, and so in the diff.</summary>
    [Fact]
    public void Every_field_of_the_data_is_in_the_table()
    {
        Type[] records =
        [
            typeof(Hook),
            typeof(Measure),
            typeof(Ladder),
            typeof(Rung),
            typeof(Gate),
            typeof(Procedure),
            typeof(Parameter),
            typeof(Verb),
            typeof(StepDefinition),
            typeof(CommandTemplate),
            typeof(Flag),
            typeof(Role),
            typeof(Person),
            typeof(RosterBook),
            typeof(Dashboard),
            typeof(RunbookSource),
            typeof(RunbookContent),
            typeof(LeaseRules),
            typeof(SloBook),
            typeof(Objective),
            typeof(ErrorBudget),
            typeof(DayBudget),
            typeof(BudgetMetric),
            typeof(MaskRule),
            typeof(Patrol),
            typeof(HandoverTerms),
            typeof(AlertBook),
            typeof(AlertRules),
            typeof(AlertSop),
            typeof(SopLine),
            typeof(EscalationRules),
            typeof(SeverityClock),
            typeof(AloneRule),
            typeof(SeverityRule),
            typeof(PermissionTerms),
        ];
        // Ids are where an entry is found; hashes and lines follow from the rest, and what imports gave from the
        // overrides; what is heard is not the runbook's.
        string[] notCompared =
        [
            "Hook.Id",
            "Measure.Id",
            "Rung.Batch",
            "Gate.Id",
            "Procedure.Id",
            "Procedure.ContentHash",
            "Parameter.Name",
            "StepDefinition.Id",
            "StepDefinition.Line",
            "CommandTemplate.Id",
            "Flag.Name",
            "Role.Id",
            "RosterBook.Heard",
            "RosterBook.Imports",
            "Person.Id",
            "Dashboard.Id",
            "RunbookContent.Version",
            "RunbookContent.Targets",
            "Verb.Path",
            "Objective.Id",
            "BudgetMetric.Metric",
            "MaskRule.Id",
            "Patrol.Id",
            "AlertSop.Id",
            "SopLine.Id",
            "SeverityClock.Severity",
            "SeverityRule.Hook",
            "PermissionTerms.Id",
        ];

        var missing = records
            .SelectMany(record => record.GetProperties().Where(p => p.CanWrite).Select(p => (record, p.Name)))
            .Where(field => !Table.Any(row => row.Record == field.record && row.Field == field.Name))
            .Select(field => $"{field.record.Name}.{field.Name}")
            .Except(notCompared);

        Assert.Empty(missing);
    }

    [Fact]
    public void Nothing_changed_is_no_difference() => Assert.Empty(RunbookDiff.Between(Base, RunbookFolders.Load()));

    [Fact]
    public void A_long_text_is_told_around_its_first_difference()
    {
        var text = string.Join(" ", Enumerable.Range(0, 300));
        var statements = new Dictionary<string, string>(Base.Statements) { ["close-rollback"] = text };
        var before = Base with { Statements = statements };
        var after = Base with
        {
            Statements = new Dictionary<string, string>(statements)
            {
                ["close-rollback"] = text.Replace(" 250 ", " x ", StringComparison.Ordinal),
            },
        };

        var change = Assert.Single(RunbookDiff.Between(before, after));

        Assert.Contains("249 250 251", change.Before, StringComparison.Ordinal);
        Assert.Contains("249 x 251", change.After, StringComparison.Ordinal);
        Assert.InRange(change.Before.Length, 1, 170);
    }

    /// <summary>Not looser means: whatever the old limit named, the new one names too.</summary>
    [Property(MaxTest = 2000)]
    public bool A_limit_that_is_not_looser_lets_nothing_pass_that_the_old_one_held(
        byte oldLimit,
        byte newLimit,
        byte value,
        byte how
    )
    {
        var comparisons = Enum.GetValues<Comparison>();
        var before = new Threshold(comparisons[how % 4], oldLimit % 8, Unit.Count);
        var after = new Threshold(comparisons[how / 4 % 4], newLimit % 8, Unit.Count);
        var hooks = (RunbookContent content, Threshold red) =>
            content with
            {
                Hooks =
                [
                    new Hook(
                        "H",
                        new Words("h", "h"),
                        "4.2",
                        "core-slo",
                        true,
                        [Base.Hooks[0].Measures[0] with { Red = red, Unit = Unit.Count }]
                    ),
                ],
            };
        var looser = RunbookDiff.Between(hooks(Base, before), hooks(Base, after)).Any(change => change.Looser);
        var measured = (value % 20 / 2.0) - 0.5;

        return looser || !before.Holds(measured) || after.Holds(measured);
    }

    /// <summary>And looser means: there is something that passes now, unless the limits cannot be compared.</summary>
    [Property(MaxTest = 2000)]
    public bool A_looser_limit_lets_something_pass(byte oldLimit, byte newLimit, byte how)
    {
        Comparison[] same =
            how % 2 == 0 ? [Comparison.Above, Comparison.AtLeast] : [Comparison.Below, Comparison.AtMost];
        var before = new Threshold(same[how / 2 % 2], oldLimit % 8, Unit.Count);
        var after = new Threshold(same[how / 4 % 2], newLimit % 8, Unit.Count);
        var values = Enumerable.Range(-2, 40).Select(i => i / 2.0);

        return HookRed(before, after) == values.Any(value => before.Holds(value) && !after.Holds(value));
    }

    private static bool HookRed(Threshold before, Threshold after)
    {
        var hooks = (Threshold red) =>
            Base with
            {
                Hooks = [Base.Hooks[0] with { Measures = [Base.Hooks[0].Measures[0] with { Red = red }] }],
            };
        return RunbookDiff.Between(hooks(before), hooks(after)).Any(change => change.Looser);
    }
}
