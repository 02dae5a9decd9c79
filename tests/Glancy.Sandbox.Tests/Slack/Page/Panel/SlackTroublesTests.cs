using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Page.Panel;

namespace Glancy.Sandbox.Tests.Slack.Page.Panel;

public sealed class SlackTroublesTests
{
    [Fact]
    public void Every_fault_of_Slack_is_offered_once() =>
        Assert.Equal(Enum.GetValues<SlackFaultKind>().Order(), SlackTroubles.All.Select(t => t.Fault.Kind).Order());

    [Fact]
    public void A_fault_is_found_by_its_name() =>
        Assert.All(SlackTroubles.All, trouble => Assert.Same(trouble.Fault, SlackTroubles.Find(trouble.Name)));
}
