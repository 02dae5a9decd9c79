namespace Glancy.Sandbox.Stories;

/// <summary>Somebody at a terminal.</summary>
/// <param name="Id">As in <c>runbook/people.yaml</c>.</param>
/// <param name="Language"><c>zh</c> or <c>en</c>.</param>
/// <param name="Replicas">The replicas their terminal asks, the first one first.</param>
internal sealed record Player(string Id, string Language, IReadOnlyList<string> Replicas);

/// <summary>
/// Who plays. At 09:20 the day shift is on: Primary lin, Secondary wu, release manager mei; zhao is asleep, olga on no
/// roster.
/// </summary>
internal sealed record Cast(Player First, Player Second, Player Sleeper, Player Outsider)
{
    private static readonly (string First, string Second)[] Pairs = [("wu", "lin"), ("lin", "wu"), ("lin", "mei")];

    /// <summary>The first sees the light or asks for the rollback, the second confirms it.</summary>
    public static Cast Of(long seed)
    {
        var (first, second) = Pairs[(int)(Math.Abs(seed - 1) % Pairs.Length)];
        return new Cast(Player(first, 0), Player(second, 1), Player("zhao", 2), new Player("olga", "en", Order(3)));

        Player Player(string id, int place) => new(id, ((seed >> place) & 1) == 0 ? "zh" : "en", Order(place));

        string[] Order(int place) => ((seed + place) & 1) == 0 ? ["a", "b"] : ["b", "a"];
    }
}
