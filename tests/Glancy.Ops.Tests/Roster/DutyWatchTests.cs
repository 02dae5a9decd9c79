using Glancy.Ops.Handovers;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Handovers;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Roster;

/// <summary>Houses begin at 09:30 in Shanghai: lin and wu until 19:00, then chen and zhao.</summary>
public sealed class DutyWatchTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_override_of_a_file_is_told_to_both_when_it_begins_and_when_it_ends()
    {
        await using var house = await WithFileAsync("primary", "wu", TimeSpan.FromHours(2), TimeSpan.FromHours(4));
        Assert.Empty(await LookAsync(house));

        house.Advance(TimeSpan.FromHours(3));
        var came = Assert.Single(await LookAsync(house));
        Assert.Equal(("page", "duty-changed", "primary", "lin", "wu", "lin,wu", "dentist"), Read(came));
        Assert.Single(await LookAsync(house));

        house.Advance(TimeSpan.FromHours(2));
        var went = (await LookAsync(house))[1];
        Assert.Equal(("page", "duty-changed-back", "primary", "wu", "lin", "wu,lin", ""), Read(went));
        Assert.Equal(2, (await LookAsync(house)).Count);
    }

    [Fact]
    public async Task An_override_that_was_entered_for_later_is_told_when_it_begins()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await LookAsync(house);
        Assert.IsType<RosterOutcome.Accepted>(
            await house
                .Get<RosterDesk>()
                .GiveAsync(
                    house.Person("mei"),
                    "dba",
                    "olga",
                    house.Now.AddHours(1),
                    house.Now.AddHours(2),
                    "leave",
                    Token
                )
        );
        Assert.Empty(await LookAsync(house));

        house.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(
            ("page", "duty-changed", "dba", "dong", "olga", "dong,olga", "leave"),
            Read(Assert.Single(await LookAsync(house)))
        );
    }

    [Fact]
    public async Task Who_takes_over_has_called_everybody_and_only_the_end_is_told()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await LookAsync(house);
        Assert.IsType<RosterOutcome.Accepted>(
            await house
                .Get<RosterDesk>()
                .TakeAsync(house.Person("zhao"), "primary", house.Now.AddHours(1), "lin does not answer", Token)
        );
        Assert.Empty(await LookAsync(house));

        house.Advance(TimeSpan.FromHours(2));

        Assert.Equal(
            ("page", "duty-changed-back", "primary", "zhao", "lin", "zhao,lin", ""),
            Read(Assert.Single(await LookAsync(house)))
        );
    }

    [Fact]
    public async Task The_change_of_shift_is_the_handovers_to_tell_accepted_or_not()
    {
        await using var house = await WithFileAsync("primary", "wu", TimeSpan.FromHours(9.5), TimeSpan.FromHours(14));
        await house.GoAsync(Token);
        await LookAsync(house);

        house.AdvanceTo(HandoverHouse.Evening);
        await house.GoAsync(Token);
        Assert.Empty(await LookAsync(house));
        Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("wu", Token));
        Assert.Empty(await LookAsync(house));

        // The file's override ends at 23:30, inside the night.
        house.Advance(TimeSpan.FromHours(5));
        Assert.Equal(
            ("page", "duty-changed-back", "primary", "wu", "chen", "wu,chen", ""),
            Read(Assert.Single(await LookAsync(house)))
        );
    }

    [Fact]
    public async Task What_began_while_nobody_was_there_over_a_change_of_shift_is_told_once()
    {
        await using var house = await WithFileAsync("primary", "wu", TimeSpan.FromHours(12), TimeSpan.FromHours(16));
        await LookAsync(house);

        house.AdvanceTo(HandoverHouse.Evening.AddHours(4));

        await Task.WhenAll(house.Get<DutyWatch>().GoAsync(Token), house.Get<DutyWatch>().GoAsync(Token));
        Assert.Equal(
            ("page", "duty-changed", "primary", "chen", "wu", "chen,wu", "dentist"),
            Read(Assert.Single(await LookAsync(house)))
        );
    }

    [Fact]
    public async Task The_handover_tells_of_changes_inside_the_shift()
    {
        await using var house = await WithFileAsync("primary", "wu", TimeSpan.FromHours(12), TimeSpan.FromHours(16));

        var facts = await house.Get<HandoverReader>().ReadAsync(HandoverHouse.Evening, Token);

        Assert.Equal(["chen"], facts.Incoming["primary"]);
        Assert.Equal(
            [(house.Now.AddHours(12), "chen", "wu"), (house.Now.AddHours(16), "wu", "chen")],
            facts.Changes.Select(c => (c.At, Assert.Single(c.Before), Assert.Single(c.After)))
        );
    }

    private Task<OpsHouse> WithFileAsync(string role, string person, TimeSpan from, TimeSpan until)
    {
        var begin = new DateTimeOffset(2025, 4, 18, 1, 30, 0, TimeSpan.Zero);
        return OpsHouse.BuildAsync(
            postgres,
            new Dictionary<string, string?>(),
            content =>
                content with
                {
                    Roster = content.Roster with
                    {
                        Overrides =
                        [
                            new RosterOverride(role, person, begin + from, begin + until, "dentist")
                            {
                                File = "roster/a.csv",
                                Line = 2,
                            },
                        ],
                    },
                },
            Token
        );
    }

    private static async Task<IReadOnlyList<Notice>> LookAsync(OpsHouse house)
    {
        await house.Get<DutyWatch>().GoAsync(Token);
        return
        [
            .. (await house.Get<NoticeBoard>().ListAsync(0, 1000, Token)).Where(n =>
                n.Key.StartsWith("duty:", StringComparison.Ordinal)
            ),
        ];
    }

    private static (
        string Kind,
        string Template,
        string Role,
        string Before,
        string After,
        string To,
        string Reason
    ) Read(Notice notice)
    {
        var said = notice.Arguments;
        return (
            notice.Kind,
            notice.Template,
            said["role"],
            said["before_persons"],
            said["after_persons"],
            said["to"],
            said["reason"]
        );
    }
}
