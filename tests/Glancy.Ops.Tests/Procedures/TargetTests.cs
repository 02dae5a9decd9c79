using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>Every kind of controlled state has every answer.</summary>
public sealed class TargetTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_read_said_set_and_given_back()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var content = house.Get<Glancy.Ops.Runbook.RunbookHolder>().Current;
        var targets = house.Get<Targets>().All;
        Assert.True(targets.Count >= 2);
        foreach (var target in targets)
        {
            var state =
                target.Prefix + (target.Spec.Names.Count > 0 ? target.Spec.Names[0] : house.Bastion.Flags.Keys.First());
            var read = await target.ReadAsync([state], Token);
            Assert.Null(read.Unknown);
            var value = read.Values[state];

            Assert.Equal(target.Spec, content.Targets.Find(state));
            Assert.NotNull(target.Terms(state, content));
            Assert.Contains(value, target.Says(state, value), StringComparison.Ordinal);
            Assert.True(house.Get<ActionKinds>().TryGet(target.SetBy, out _), target.SetBy);
            Assert.True(target.IsChangedBy(target.SetBy), target.SetBy);
            Assert.Single(targets, t => t.IsChangedBy(target.SetBy));
            Assert.Contains("L-1", target.NotClean("L-1", state, value, "lin").Arguments);

            // What is given back is what was asked for, by a procedure that takes the arguments and sets the state.
            var way = Assert.IsType<WayToRevert>(target.Revert(state, value));
            Assert.Equal(value, target.Returning(way.Arguments));
            var procedure = content.Procedures[way.Procedure];
            var arguments = new Dictionary<string, string>(way.Arguments)
            {
                ["lease"] = "L-1",
                ["from"] = value,
                ["reason"] = "r",
            };
            Assert.Null(ProcedureArguments.Check(procedure, arguments, content, complete: true));
            Assert.Equal(ChangeMode.Reverts, procedure.For(arguments).Changes);
            Assert.Contains(
                procedure.Steps,
                step =>
                    house.Get<ActionBook>().Describe(step, arguments, content).Sets.GetValueOrDefault(state) == value
            );
        }
    }
}
