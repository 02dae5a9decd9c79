using Glancy.Ops.Connectors.Web;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Procedures;

public sealed class PlannerTests(PostgresFixture postgres)
{
    private const string Switch = "flag/glancy.lookup.force_basic";
    private static readonly RunbookContent Content = RunbookFolders.Load();
    private static readonly Dictionary<string, string> Arguments = new() { ["batch"] = "REL-B3", ["reason"] = "r" };

    private static readonly Dictionary<string, string> Prior = new()
    {
        [Switch] = "false",
        ["release/prod"] = "REL-B3 15%",
        ["digest/rollback_stage"] = "aa",
    };

    [Fact]
    public async Task What_a_script_declares_leaves_both_values_and_what_a_step_sets_leaves_one()
    {
        var plan = await PlanAsync(Prior);

        Assert.Equal(["false"], Planner.ExpectedBefore(plan, "execute")[Switch]);
        Assert.Equal(["true", "false"], Planner.ExpectedBefore(plan, "force-basic")[Switch]);
        Assert.Equal(["true"], Planner.ExpectedBefore(plan, "verify-hooks")[Switch]);
    }

    [Fact]
    public async Task The_same_world_gives_the_same_hash()
    {
        var reordered = Prior.Reverse().ToDictionary(p => p.Key, p => p.Value);

        Assert.Equal((await PlanAsync(Prior)).Hash, (await PlanAsync(reordered)).Hash);
    }

    [Theory]
    [InlineData(Switch, "true")]
    [InlineData("release/prod", "REL-B3 50%")]
    [InlineData("digest/rollback_stage", "bb")]
    public async Task Any_other_controlled_state_gives_another_hash(string state, string value)
    {
        var other = new Dictionary<string, string>(Prior) { [state] = value };

        Assert.NotEqual((await PlanAsync(Prior)).Hash, (await PlanAsync(other)).Hash);
    }

    [Fact]
    public async Task Another_reason_roles_or_content_give_another_hash()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, TestContext.Current.CancellationToken);
        var planner = house.Get<Planner>();
        var procedure = Content.Procedures["rollback"];
        var hashes = new[]
        {
            planner.Make(procedure, Arguments, Prior, Content),
            planner.Make(procedure, new Dictionary<string, string>(Arguments) { ["reason"] = "s" }, Prior, Content),
            planner.Make(procedure with { Roles = ["primary"] }, Arguments, Prior, Content),
            planner.Make(procedure with { ContentHash = "other" }, Arguments, Prior, Content),
            planner.Make(procedure with { Risk = Risk.Change }, Arguments, Prior, Content),
        }.Select(p => p.Hash);

        Assert.Equal(5, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("status=200", true)]
    [InlineData("status=204", false)]
    [InlineData("seconds<=2.5", true)]
    [InlineData("seconds<=0.1", false)]
    [InlineData("header:X-Trace-Id", true)]
    [InlineData("header:X-Other", false)]
    [InlineData("json:degraded=true", true)]
    [InlineData("json:examples.length>=1", true)]
    [InlineData("json:examples.length>=2", false)]
    [InlineData("json:examples.0.source=template", true)]
    [InlineData("json:examples.7.source=template", false)]
    [InlineData("json:basic.definition.length>=1", true)]
    [InlineData("json:nothing.there=1", false)]
    [InlineData("nonsense", false)]
    public void An_expectation_holds_or_not(string expectation, bool holds)
    {
        var answer = new WebAnswer(
            200,
            0.5,
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-trace-id"] = "t" },
            """{"degraded":true,"examples":[{"source":"template"}],"basic":{"definition":"a thing"}}"""
        );

        Assert.Equal(holds, Expectation.Holds(expectation, answer));
        Assert.Equal(expectation != "nonsense", Expectation.IsWellFormed(expectation));
        Assert.False(Expectation.Holds("json:degraded=true", answer with { Body = "<html>" }));
    }

    private async Task<Plan> PlanAsync(IReadOnlyDictionary<string, string> prior)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, TestContext.Current.CancellationToken);
        return house.Get<Planner>().Make(Content.Procedures["rollback"], Arguments, prior, Content);
    }
}
