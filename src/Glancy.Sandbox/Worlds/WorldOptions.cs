namespace Glancy.Sandbox.Worlds;

/// <summary>How a world begins.</summary>
public enum Beginning
{
    /// <summary>
    /// REL-B5 at 100 % for 20 minutes, and bad for six: HK-01 and HK-02 are red. The ladder asks for the full way back.
    /// </summary>
    BadRelease,

    /// <summary>
    /// REL-B3 at 15 % for 20 minutes, and overloaded for six: HK-01 and HK-02 are red. The ladder asks for one rung
    /// back.
    /// </summary>
    Overload,

    /// <summary>REL-B3 at 15 % for 20 minutes, and well.</summary>
    GoodRelease,

    /// <summary>No batch rolls out.</summary>
    Quiet,
}

/// <param name="Folder">Everything of this world is in here; see <see cref="WorldFolder"/> for what may be there
/// before.</param>
public sealed record WorldOptions(string Folder)
{
    /// <summary>09:20 on a Friday in Shanghai, in the day shift.</summary>
    public DateTimeOffset Start { get; init; } = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);

    /// <summary>
    /// The repository: <c>bastion/</c> is installed from it, and <c>runbook/</c> given to the bots. Found when null.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>Path of <c>Glancy.Bot.dll</c>; without replicas it is not needed.</summary>
    public string? BotDll { get; init; }

    /// <summary>Replicas to start, named a, b, c, ...</summary>
    public int Replicas { get; init; }

    /// <summary>Added to every replica's environment, and stronger than what the world says.</summary>
    public IReadOnlyDictionary<string, string> BotEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether its replicas live for minutes only: they keep the code they start with, and write down what goes wrong
    /// and nothing else.
    /// </summary>
    public bool Brief { get; init; }

    /// <summary>Whether there is a Slack that the replicas are installed in.</summary>
    public bool Slack { get; init; }

    /// <summary>
    /// Language of the channel and of everybody's Slack, for example <c>en-US</c>; null: each reads their own, the
    /// channel Chinese.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>Whether there is an Alertmanager that tells the replicas, and that alerts can be fired in.</summary>
    public bool Alerts { get; init; }

    /// <summary>World seconds per real second; 0 moves only when asked.</summary>
    public double Rate { get; init; }

    public long Seed { get; init; } = 1;

    public Beginning Beginning { get; init; } = Beginning.BadRelease;

    /// <summary>Time that is written before the start, sample by sample.</summary>
    public TimeSpan Past { get; init; } = TimeSpan.FromMinutes(90);

    /// <summary>
    /// Whether the month before that is written too, coarsely and requests only, for the error budget.
    /// </summary>
    public bool MonthBefore { get; init; }

    /// <summary>Real time that <c>rollback_stage.sh</c> takes.</summary>
    public TimeSpan RollbackTakes { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a living bot may take to do what is due, in real time.</summary>
    public TimeSpan SettleDeadline { get; init; } = TimeSpan.FromSeconds(60);

    public ILoggerFactory Logging { get; init; } = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance;
}
