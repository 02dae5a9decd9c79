using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Runbook.Versions;

public sealed class ProcedureUseTests(PostgresFixture postgres)
{
    /// <summary>
    /// A kind that calls a command has to say so, or a reload of that command would not touch its drafts.
    /// </summary>
    [Fact]
    public async Task Every_kind_that_calls_a_command_names_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, TestContext.Current.CancellationToken);
        var content = RunbookFolders.Load();
        var silent = house
            .Get<ActionKinds>()
            .All.Where(kind => kind.Commands.Count == 0 && kind.Arguments.All(a => a.Refers != "command"))
            .Where(kind => NeedsACommand(house.Get<ActionBook>(), kind, content));

        Assert.Empty(silent.Select(kind => kind.Kind));
        Assert.All(
            house.Get<ActionKinds>().All.SelectMany(kind => kind.Commands),
            command => Assert.Contains(command, content.Commands.Keys)
        );
    }

    private static bool NeedsACommand(ActionBook actions, ActionSpec kind, RunbookContent content)
    {
        var step = new StepDefinition(
            "s",
            kind.Kind,
            new Words("s", "s"),
            StepPhase.Effect,
            kind.Arguments.ToDictionary(a => a.Name, a => new StepValue([a.Name == "for" ? "1m" : "1"], a.IsList)),
            TimeSpan.FromMinutes(1),
            null,
            1
        );
        try
        {
            actions.Describe(
                step,
                new Dictionary<string, string>(),
                content with
                {
                    Commands = new Dictionary<string, CommandTemplate>(),
                }
            );
            return false;
        }
        catch (KeyNotFoundException)
        {
            return true;
        }
    }
}
