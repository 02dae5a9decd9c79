using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Incidents;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents;

public sealed class SeverityProposalTests
{
    private static readonly DateTimeOffset Now = new(2025, 4, 18, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("HK-05", Severity.Sev1)]
    [InlineData("error-budget", Severity.Sev1)]
    [InlineData("HK-01", Severity.Sev2)]
    [InlineData("HK-06", Severity.Sev2)]
    [InlineData("HK-03", Severity.Sev3)]
    public void A_red_light_is_as_grave_as_5_1_says(string hook, Severity severity) =>
        Assert.Equal(new SeverityProposal(severity, hook, Now), Of((hook, 0)));

    [Fact]
    public void The_gravest_counts_and_of_several_the_oldest()
    {
        Assert.Equal(
            new SeverityProposal(Severity.Sev2, "HK-04", Now.AddMinutes(-5)),
            Of(("HK-03", -9), ("HK-01", -3), ("HK-04", -5))
        );
        Assert.Null(Of());
    }

    private static SeverityProposal? Of(params (string Hook, int Minutes)[] red) =>
        SeverityProposal.Of(
            [
                .. red.Select(
                    (r, i) => new Episode(i + 1, r.Hook, Now.AddMinutes(r.Minutes), Now, EpisodeLight.Red, null)
                ),
            ],
            RunbookFolders.Load().Escalation
        );
}
