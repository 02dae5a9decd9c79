using Glancy.Ops.Hooks;
using Glancy.Ops.Leases;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Leases;

public sealed class UndoTermsTests
{
    private static readonly DateTimeOffset Since = new(2025, 4, 18, 1, 30, 0, TimeSpan.Zero);
    private static readonly LeaseRules Rules = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));

    [Theory]
    [InlineData(0, "Green", Light.Green, null, false, UndoGround.Fresh)]
    [InlineData(599, "Red", Light.Unknown, null, false, UndoGround.Fresh)]
    [InlineData(600, "Green", Light.Green, null, false, UndoGround.SecondPerson)]
    [InlineData(600, "Green", Light.Green, null, true, UndoGround.Recovered)]
    [InlineData(600, "Green", Light.Red, null, false, UndoGround.Worse)]
    [InlineData(600, "Yellow", Light.Red, null, false, UndoGround.Worse)]
    [InlineData(600, "Red", Light.Red, null, false, UndoGround.SecondPerson)]
    [InlineData(600, "Green", Light.Red, "a=b", false, UndoGround.SecondPerson)]
    [InlineData(600, "Green", Light.Unknown, null, false, UndoGround.SecondPerson)]
    [InlineData(600, null, Light.Red, null, false, UndoGround.SecondPerson)]
    public void The_terms_follow_age_hooks_and_recovery(
        int seconds,
        string? before,
        Light now,
        string? explained,
        bool recovered,
        UndoGround ground
    )
    {
        var hook = RunbookFolders.Load().Hooks[0];
        var lights = before is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { [hook.Id] = before };
        var lease = Standing(["HK-02"], lights);

        var terms = UndoTerms.Of(
            lease,
            Rules,
            Since.AddSeconds(seconds),
            [new HookReading(hook, now, [], explained, TimeSpan.Zero)],
            recovered
        );

        Assert.Equal(ground, terms.Ground);
        Assert.Equal(ground == UndoGround.SecondPerson ? 2 : 1, terms.Persons);
    }

    [Fact]
    public void Without_a_recovery_rule_nothing_counts_as_recovered()
    {
        var lease = Standing([], new Dictionary<string, string>());

        Assert.Equal(
            UndoGround.SecondPerson,
            UndoTerms.Of(lease, Rules, Since.AddHours(1), [], recovered: true).Ground
        );
    }

    private static Lease Standing(IReadOnlyList<string> recovers, IReadOnlyDictionary<string, string> lights) =>
        new()
        {
            Id = 1,
            Target = "flag/x",
            Prior = "false",
            Value = "true",
            Owner = "lin",
            Reason = "r",
            RunId = 1,
            Since = Since,
            EndedAt = null,
            End = null,
            EndedBy = null,
            Affects = [],
            Recovers = recovers,
            Lights = lights,
            IsSwitch = true,
            Says = "x=true",
        };
}
