using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Tests.Toy;

/// <summary>
/// A capability of one class of state, one kind of step and one procedure file gets everything else by itself: this
/// test follows the walks of <c>docs/contributing.md</c>.
/// </summary>
public sealed class ToyTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_said_drafted_confirmed_leased_offered_back_and_taken_back()
    {
        await using var toy = await ToyHouse.BuildAsync(postgres, null, Token);
        var house = toy.House;
        var incident = Named(await toy.DoAsync("incident open sev3 \"it is dark\"", "lin"), "INC-[0-9-]+");

        // Slash verb, plan, confirmation.
        var plan = await toy.DoAsync("toy set on --reason \"it is dark\"", "lin");
        Assert.Contains("Toy lamp: on", plan, StringComparison.Ordinal);
        Assert.Contains("toy set on", plan, StringComparison.Ordinal);
        Assert.Contains("toy lamp", plan, StringComparison.Ordinal);
        Assert.Equal("off", toy.Lamp.Value);
        await toy.DoAsync(Named(plan, "run confirm R-[0-9]+ [0-9a-f]+"), "lin");
        await house.WorkAsync(Token);
        Assert.Equal(["on"], toy.Lamp.Turns);

        // Lease with its window of undoing, handover line, incident hold, timeline line, audit line; in both languages.
        var lease = Assert.Single(await house.Get<LeaseStore>().OpenAsync(Token));
        Assert.Equal((ToyTarget.State, "off", "on", "lin"), (lease.Target, lease.Prior, lease.Value, lease.Owner));
        Assert.Contains("toy lamp", await toy.DoAsync("lease list", "lin"), StringComparison.Ordinal);
        Assert.Contains("玩具灯", await toy.DoAsync("lease list", "lin", "zh-CN"), StringComparison.Ordinal);
        Assert.Equal(
            UndoGround.Fresh,
            Assert.Single(await house.Get<LeaseUndo>().TermsAsync([lease], new Decision(), Token)).Ground
        );
        Assert.Contains("lamp=on", await toy.DoAsync("handover show", "lin"), StringComparison.Ordinal);
        var held = await toy.SayAsync($"incident close {incident} --reason \"light again\"", "lin");
        Assert.Equal(ExitCode.Refused, held.ExitCode);
        Assert.Contains(lease.Name, held.Words, StringComparison.Ordinal);
        Assert.Contains("toy lamp", await toy.DoAsync($"incident show {incident}", "lin"), StringComparison.Ordinal);
        Assert.Contains(
            ToyTarget.State,
            await toy.DoAsync("audit search --action step-done", "lin"),
            StringComparison.Ordinal
        );

        // An offer to take it back, once what it was made for has recovered; then it is taken back on the lease's own
        // terms.
        house.Advance(TimeSpan.FromMinutes(25));
        await house.Get<LeaseOffers>().GoAsync(Token);
        Assert.Equal(
            lease.Name,
            Assert.Single(await house.SaidAsync(LeaseOffers.CardTemplate, Token)).Arguments["lease"]
        );
        var back = await toy.DoAsync($"lease revert {lease.Name} --reason \"light again\"", "lin");
        await toy.DoAsync(Named(back, "run confirm R-[0-9]+ [0-9a-f]+"), "lin");
        await house.WorkAsync(Token);
        Assert.Equal(["on", "off"], toy.Lamp.Turns);
        Assert.Empty(await house.Get<LeaseStore>().OpenAsync(Token));
        Assert.Contains("toy lamp", await toy.DoAsync($"incident show {incident}", "lin"), StringComparison.Ordinal);
        await toy.DoAsync($"incident ack {incident}", "lin");
        await toy.DoAsync($"incident close {incident} --reason \"light again\"", "lin");
    }

    [Fact]
    public async Task It_has_help_a_form_and_an_answer_who_may_in_both_languages()
    {
        await using var toy = await ToyHouse.BuildAsync(postgres, null, Token);
        var english = await toy.DoAsync("help toy set", "lin");
        Assert.Contains("Draft a turn of the toy lamp", english, StringComparison.Ordinal);
        Assert.Contains("glancy toy set <value> --reason <text>", english, StringComparison.Ordinal);
        Assert.Contains("On or off", english, StringComparison.Ordinal);
        Assert.Contains(
            "起草玩具灯的开关",
            await toy.DoAsync("help toy set", "lin", "zh-CN"),
            StringComparison.Ordinal
        );
        Assert.Contains("toy set", await toy.DoAsync("help", "lin"), StringComparison.Ordinal);

        // What is not complete is completed: the nearest line, a form for what is left open.
        Assert.Contains("glancy toy set", (await toy.SayAsync("toy st on", "lin")).Words, StringComparison.Ordinal);
        var books = toy.House.Get<CommandBooks>();
        var words = toy.House.Get<Phrasebooks>().In(Phrasebooks.English);
        var view = CommandForm.View(
            new AskedForm("glancy toy set <value> --reason ...", "C1", null),
            books.Current,
            words
        );
        Assert.NotNull(view);
        Assert.Equal("Draft the lamp", view.Title.Text);

        Assert.Contains("yes", await toy.DoAsync("policy can lin toy-set", "lin"), StringComparison.OrdinalIgnoreCase);
        var no = await toy.SayAsync("policy can yao toy-set", "lin");
        Assert.DoesNotContain("yes", no.Words, StringComparison.OrdinalIgnoreCase);

        // A value that nobody takes, and a lamp that was turned by hand: refused, nothing done.
        var drafted = await toy.DoAsync("toy set on --reason x", "lin");
        await toy.DoAsync(Named(drafted, "run confirm R-[0-9]+ [0-9a-f]+"), "lin");
        await toy.House.WorkAsync(Token);
        toy.Lamp.Turn("dim");
        var taken = await toy.SayAsync("lease revert L-1 --reason x", "lin");
        Assert.Equal(ExitCode.Refused, taken.ExitCode);
        Assert.Contains("toy/lamp is dim", taken.Words, StringComparison.Ordinal);
        Assert.Equal("dim", toy.Lamp.Value);
    }

    /// <summary>Killed at every place that it comes by, it is done once, and the lease is one.</summary>
    [Fact]
    public async Task It_comes_through_being_killed_everywhere()
    {
        var places = new KilledAt(null);
        Assert.Equal("on", (await PlayAsync(places)).Lamp);
        Assert.True(places.Passed.Count > 6, string.Join(", ", places.Passed));
        foreach (var place in places.Passed.ToList())
        {
            var killed = new KilledAt(place);
            var (lamp, turns, leases, state) = await PlayAsync(killed);
            Assert.True(killed.Died, place);
            Assert.Equal(("on", 1, 1, RunState.Succeeded), (lamp, turns, leases, state));
        }
    }

    private async Task<(string Lamp, int Turns, int Leases, RunState State)> PlayAsync(KilledAt kills)
    {
        await using var toy = await ToyHouse.BuildAsync(postgres, kills, Token);
        var plan = await toy.DoAsync("toy set on --reason x", "lin");
        await toy.DoAsync(Named(plan, "run confirm R-[0-9]+ [0-9a-f]+"), "lin");
        var claims = toy.House.Get<Ops.Procedures.Engine.RunClaims>();
        for (var i = 0; i < 40; i++)
        {
            if (await claims.TakeAsync("worker", TimeSpan.FromMilliseconds(100), Token) is not { } claim)
            {
                await Task.Delay(50, Token);
                continue;
            }

            try
            {
                await toy.House.Get<Ops.Procedures.Engine.RunEngine>().WorkAsync(claim, Token);
                await claims.ReleaseAsync(claim, Token);
            }
            catch (KilledException)
            {
                // Whoever is dead lets nothing go: the claim runs out by itself.
            }
        }

        var runs = await toy.House.Get<RunStore>().ListAsync(openOnly: false, 10, Token);
        var leases = await toy.House.Get<LeaseStore>().AllAsync(10, Token);
        return (toy.Lamp.Value, toy.Lamp.Turns.Count, leases.Count, Assert.Single(runs).State);
    }

    private static string Named(string words, string pattern) =>
        Regex.Match(words, pattern) is { Success: true } match
            ? match.Value
            : throw new InvalidOperationException($"No {pattern} in:\n{words}");
}
