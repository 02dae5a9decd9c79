using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Notices;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents;

public sealed class IncidentReviewTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("han")]
    [InlineData("gao")]
    [InlineData("bai")]
    public async Task Release_manager_incident_commander_and_product_owner_review(string person)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await BrokenByMeiAsync(house);

        var details = Assert.IsType<IncidentOutcome.Accepted>(await house.ReviewAsync(incident, person, Token)).Details;

        Assert.Equal(
            (person, "right call"),
            (Assert.Single(details.BreakGlass).Review?.Person, details.BreakGlass[0].Review?.Note)
        );
        Assert.DoesNotContain(details.InTheWay, r => r.Code == "break-glass-unreviewed");
        var happened = Assert.Single(
            await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "incident-review"), Token)
        );
        Assert.Equal((person, incident.Id, "R-1"), (happened.Actor, happened.Incident, happened.Detail["runs"]));
        Assert.Contains(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n is { Kind: "post", Template: "incident-reviewed" }
        );
    }

    [Theory]
    [InlineData("mei", "review-own")]
    [InlineData("lin", "not-on-call")]
    [InlineData("dong", "not-on-call")]
    [InlineData("olga", "not-on-roster")]
    public async Task Neither_who_broke_the_glass_nor_who_has_not_the_role_reviews(string person, string code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await BrokenByMeiAsync(house);

        Assert.Equal(code, (await house.ReviewAsync(incident, person, Token)).Code());

        Assert.Contains(
            Assert.IsType<IncidentOutcome.Refused>(await house.CloseAsync(incident, Token)).Reasons,
            r => r.Code == "break-glass-unreviewed"
        );
    }

    [Fact]
    public async Task It_is_reviewed_once_and_by_one_of_several_who_come_at_once()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await BrokenByMeiAsync(house);

        var outcomes = await Task.WhenAll(
            new[] { "han", "gao", "bai", "han" }.Select(person => house.ReviewAsync(incident, person, Token))
        );

        Assert.Single(outcomes.OfType<IncidentOutcome.Accepted>());
        Assert.All(outcomes.OfType<IncidentOutcome.Refused>(), o => Assert.Equal("nothing-to-review", o.Refusal.Code));
        Assert.Equal("nothing-to-review", (await house.ReviewAsync(incident, "han", Token)).Code());
    }

    [Fact]
    public async Task Who_used_it_too_reviews_the_others_and_leaves_the_own_to_them()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await BrokenByMeiAsync(house);
        await house.WorkAsync(Token);
        house.Bastion.Weight = "15";
        var second = await house.DraftRollbackAsync(Token, by: "olga");
        await house.BreakGlassAsync(second, "han", Token);

        var afterMei = Assert.IsType<IncidentOutcome.Accepted>(await house.ReviewAsync(incident, "mei", Token)).Details;
        Assert.Equal([null, "mei"], afterMei.BreakGlass.Select(u => u.Review?.Person));
        var afterHan = Assert.IsType<IncidentOutcome.Accepted>(await house.ReviewAsync(incident, "han", Token)).Details;
        Assert.Equal(["han", "mei"], afterHan.BreakGlass.Select(u => u.Review?.Person));
    }

    [Fact]
    public async Task Where_nothing_was_broken_there_is_nothing_to_review()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);

        Assert.Equal("nothing-to-review", (await house.ReviewAsync(incident, "mei", Token)).Code());
        Assert.Equal(
            "unknown-incident",
            (await house.ReviewAsync(incident with { Id = "INC-2025-0418-77" }, "mei", Token)).Code()
        );
    }

    private static async Task<Incident> BrokenByMeiAsync(OpsHouse house)
    {
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "mei");
        Assert.IsType<Ops.Procedures.RunOutcome.Accepted>(await house.BreakGlassAsync(draft, "mei", Token));
        return incident;
    }
}
