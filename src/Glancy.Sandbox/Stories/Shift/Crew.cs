using System.Globalization;
using System.Text.Json;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>Who plays: lin and wu have the day, chen and zhao the night, mei is the release manager.</summary>
internal static class Crew
{
    /// <summary>Time that passes without anything to see; the patrols are half an hour apart.</summary>
    public static readonly TimeSpan Leap = TimeSpan.FromMinutes(30);

    private const int Turns = 6;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static readonly Player Lin = new("lin", "zh", ["a", "b"]);
    public static readonly Player Wu = new("wu", "en", ["b", "a"]);
    public static readonly Player Chen = new("chen", "zh", ["b", "a"]);
    public static readonly Player Mei = new("mei", "zh", ["a", "b"]);

    /// <summary>A person's id in Slack.</summary>
    public static string MemberOf(this Stage stage, Player person) =>
        stage.World.Slack.Workspace.Members.People.Single(p => p.Login == person.Id).Id;

    /// <summary>How Slack writes that this person is mentioned.</summary>
    public static string Mention(this Stage stage, Player person) => $"<@{stage.MemberOf(person)}>";

    /// <summary>The key of the card of a change of shift.</summary>
    public static string HandoverAt(DateTimeOffset boundary) =>
        "handover:" + boundary.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture);

    /// <summary>Claims who holds a role now.</summary>
    public static async Task HoldsAsync(
        this Stage stage,
        string role,
        Player person,
        CancellationToken cancellationToken
    )
    {
        // The other replica's clock may be a moment behind the one that heard the word.
        var held = "";
        var holds = await Stage.BecomesAsync(
            async () =>
                (
                    held = string.Join(
                        ", ",
                        (await stage.DataAsync(person, cancellationToken, "oncall"))
                            .List("holders", role)
                            .Select(h => h.GetString())
                    )
                ) == person.Id,
            cancellationToken
        );
        stage.Transcript.Claim(holds, $"{role} is {person.Id}", held);
    }

    /// <summary>A line that is answered with yes.</summary>
    public static async Task DoesAsync(
        this Stage stage,
        Player person,
        string claim,
        CancellationToken cancellationToken,
        params string[] words
    )
    {
        var answered = await stage.SayAsync(person, cancellationToken, words);
        stage.Transcript.Need(answered.Exit == 0, claim, answered.Words);
    }

    /// <summary>A line that is answered with no.</summary>
    public static async Task MayNotAsync(
        this Stage stage,
        Player person,
        string claim,
        CancellationToken cancellationToken,
        params string[] words
    )
    {
        var answered = await stage.SayAsync(person, cancellationToken, words);
        stage.Transcript.Claim(answered.Exit == 1, claim, answered.Words);
    }

    /// <summary>The state of a run, waited for.</summary>
    public static async Task<JsonElement> RunAsync(
        this Stage stage,
        Player person,
        string run,
        Func<string, bool> state,
        CancellationToken cancellationToken
    )
    {
        var data = default(JsonElement);
        await Stage.BecomesAsync(
            async () =>
                state((data = await stage.DataAsync(person, cancellationToken, "run", "show", run)).Text("state")),
            cancellationToken
        );
        return data;
    }

    /// <summary>Takes a temporary change back, with a second person where it takes one.</summary>
    public static async Task BackAsync(
        this Stage stage,
        Player person,
        string lease,
        CancellationToken cancellationToken
    )
    {
        await stage.DoesAsync(
            person,
            $"{person.Id} drafts the way back of {lease}",
            cancellationToken,
            "lease",
            "revert",
            lease,
            "--reason",
            "the model answers again"
        );
        var draft = (await stage.DataAsync(person, cancellationToken, "run", "list"))
            .List("runs")
            .With("requestedBy", person.Id);
        var run = draft.Text("run");
        var confirmer = draft.Text("state") == "awaitingSecond" ? Mei : person;
        await stage.DoesAsync(
            confirmer,
            $"{confirmer.Id} confirms it",
            cancellationToken,
            "run",
            "confirm",
            run,
            draft.Text("code"),
            "--no-wait"
        );
        var ended = await stage.RunAsync(
            person,
            run,
            s => s is "verifying" or "succeeded" or "failed" or "paused",
            cancellationToken
        );
        for (var turn = 0; turn < Turns && ended.Text("state") == "verifying"; turn++)
        {
            // What the switch explained is only looked at again once a whole window lies after it.
            await stage.UntilAsync(stage.World.Clock.Now + Window, Window, cancellationToken);
            ended = await stage.DataAsync(person, cancellationToken, "run", "show", run);
        }

        ended = await stage.RunAsync(person, run, s => s is "succeeded" or "failed" or "paused", cancellationToken);
        stage.Transcript.Need(ended.Text("state") == "succeeded", $"{lease} is back", ended.Text("outcome", "words"));
    }
}
