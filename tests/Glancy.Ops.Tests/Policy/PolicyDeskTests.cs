using Glancy.Ops.Policy;
using Glancy.Ops.Tests.Incidents;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Policy;

public sealed class PolicyDeskTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Break_glass_is_a_yes_with_its_role_and_incident_and_one_person()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);

        var answer = await AskAsync(house, "wu", "rollback");

        Assert.True(answer.Yes);
        Assert.Equal(("secondary", 1, incident.Id), (answer.Role, answer.PersonsNeeded, answer.BreakGlassUnder));
    }

    [Theory]
    [InlineData("dong", Severity.Sev1, "not-on-call")]
    [InlineData("olga", Severity.Sev1, "not-on-roster")]
    [InlineData("lin", Severity.Sev2, "no-open-sev1")]
    public async Task Break_glass_is_a_no_for_the_same_reasons_as_at_the_click(
        string person,
        Severity open,
        string code
    )
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(open, Token);

        var answer = await AskAsync(house, person, "rollback");

        Assert.Equal((false, code), (answer.Yes, answer.Why?.Code));
    }

    private static Task<PolicyAnswer> AskAsync(OpsHouse house, string person, string procedure) =>
        house
            .Get<PolicyDesk>()
            .CanAsync(
                house.Person(person),
                procedure,
                new Dictionary<string, string> { ["batch"] = "REL-B3" },
                breakGlass: true,
                Token
            );
}
