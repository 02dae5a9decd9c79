using System.Globalization;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>
/// Nobody says "I have it": the chain goes on to the release manager, and ends with the word of somebody (C2, C3).
/// </summary>
internal static class UnansweredScene
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <returns>The incident's id.</returns>
    public static async Task<string> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var told = stage.Transcript;
        told.Scene("Nobody answers a Sev-2");
        await stage.DoesAsync(
            Crew.Wu,
            "wu opens it",
            cancellationToken,
            "incident",
            "open",
            "sev2",
            "receipts of exports come late"
        );
        var opened = stage.World.Clock.Now;
        var incident = (await stage.DataAsync(Crew.Wu, cancellationToken, "incident", "list"))
            .List("incidents")
            .Single()
            .Text("id");
        var called = new[] { Crew.Lin, Crew.Wu, Crew.Mei };
        for (var number = 1; number <= called.Length; number++)
        {
            var person = called[number - 1];
            await stage.UntilAsync(
                opened + ((number - 1) * Step) + TimeSpan.FromMinutes(number == 1 ? 0 : 1),
                TimeSpan.FromMinutes(5),
                cancellationToken
            );
            await stage.SeesAsync(
                Call(incident, number),
                m => m is [{ } page] && page.Text.Contains(stage.Mention(person), StringComparison.Ordinal),
                $"{person.Id} is called, once",
                cancellationToken
            );
            told.Claim(stage.Posted(Call(incident, number + 1)).Count == 0, "and nobody after that yet");
        }

        await stage.DoesAsync(Crew.Mei, "mei has it", cancellationToken, "incident", "ack", incident);
        await stage.UntilAsync(stage.World.Clock.Now + (2 * Step), Step, cancellationToken);
        told.Claim(stage.Posted(Call(incident, called.Length + 1)).Count == 0, "nobody is called after that");
        var data = await stage.DataAsync(Crew.Mei, cancellationToken, "incident", "show", incident);
        told.Claim(
            data.Text("incident", "acknowledged", "by") == Crew.Mei.Id,
            "the record says who has it",
            data.Text("incident", "acknowledged")
        );
        return incident;
    }

    private static string Call(string incident, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"incident:{incident}:call:{number}");
}
