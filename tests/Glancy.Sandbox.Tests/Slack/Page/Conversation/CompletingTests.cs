using Glancy.Sandbox.Slack.Page.Conversation;

namespace Glancy.Sandbox.Tests.Slack.Page.Conversation;

public sealed class CompletingTests
{
    private static readonly Sayable[] All =
    [
        new("help", "help [command]...", "", "read", ["帮助"]),
        new("hk", "hk [hook]...", "", "read", []),
        new("run list", "run list", "", "read", []),
        new("run confirm", "run confirm <run> <code>", "", "danger", []),
        new("rollback", "rollback <batch> --reason <text>", "", "danger", ["回滚"]),
    ];

    [Theory]
    [InlineData("", "")]
    [InlineData("hk", "")]
    [InlineData("/", "/glancy ")]
    [InlineData("/GL", "/glancy ")]
    [InlineData("/other", "")]
    [InlineData("/glancy ", "/glancy help |/glancy hk |/glancy run list|/glancy run confirm |/glancy rollback ")]
    [InlineData("/glancy r", "/glancy run list|/glancy run confirm |/glancy rollback ")]
    [InlineData("/glancy run c", "/glancy run confirm ")]
    [InlineData("/glancy 回", "/glancy rollback ")]
    [InlineData("/glancy conf", "/glancy run confirm ")]
    [InlineData("/glancy run list", "")]
    [InlineData("/glancy hk", "/glancy hk ")]
    [InlineData("/glancy hk HK-01", "")]
    [InlineData("/glancy hk\nmore", "")]
    public void What_fits_is_offered(string typed, string offered) =>
        Assert.Equal(offered, string.Join('|', Completing.For(typed, All, "about").Select(o => o.Insert)));

    [Theory]
    [InlineData("/glancy rollback ", "rollback <batch> --reason <text>")]
    [InlineData("/glancy 回滚 REL", "rollback <batch> --reason <text>")]
    [InlineData("/glancy run confirm R-1", "run confirm <run> <code>")]
    [InlineData("/glancy run", null)]
    [InlineData("rollback REL", null)]
    public void While_arguments_are_typed_the_usage_stays(string typed, string? usage) =>
        Assert.Equal(usage, Completing.Current(typed, All)?.Usage);

    [Theory]
    [InlineData("/glancy hk", true)]
    [InlineData("/glancy HK ", true)]
    [InlineData("/glancy 回滚", true)]
    [InlineData("/glancy run", false)]
    [InlineData("/glancy ", false)]
    [InlineData("/glancy", false)]
    [InlineData("hk", false)]
    public void A_whole_command_is_sent_and_not_completed(string typed, bool whole) =>
        Assert.Equal(whole, Completing.IsWhole(typed, All));
}
