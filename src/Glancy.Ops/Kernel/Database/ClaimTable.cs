namespace Glancy.Ops.Kernel.Database;

/// <summary>The right to work on one row of a queue for a while.</summary>
/// <param name="Key">The row's key, as text.</param>
/// <param name="Epoch">Raised by each claim. Every write of the holder carries it: who was overtaken writes
/// nothing.</param>
/// <param name="Attempts">Claims since it last went well, this one among them; so are those whose holder
/// vanished.</param>
public sealed record Claim(string Key, long Epoch, int Attempts);

/// <summary>
/// A table whose rows are taken by one replica at a time. It has the columns <c>owner</c>, <c>lease_until</c>,
/// <c>attempts</c>, <c>next_at</c>, <c>trouble</c>, an epoch and, where rows can be given up, <c>given_up_at</c>. All
/// its times are the database's: replicas' clocks may differ.
/// </summary>
/// <param name="Name">What people call one of its rows: <c>delivery</c>.</param>
/// <param name="Key">The key's column.</param>
/// <param name="KeyType">The key's type in the database.</param>
public sealed record ClaimTable(string Name, string Table, string Key, string KeyType)
{
    /// <summary>
    /// How much longer than its failures a row is taken when its holders only vanish: that need not have been its
    /// doing.
    /// </summary>
    private const int Vanished = 2;

    /// <summary>The epoch's column.</summary>
    public string Epoch { get; init; } = "claim";

    /// <summary>How often in a row it may fail.</summary>
    public int MostAttempts { get; init; } = 5;

    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What else is set when a row is given up, as SQL; empty for nothing.</summary>
    public string Ended { get; init; } = "";

    /// <summary>What else is set when it is taken up again, as SQL; empty for nothing.</summary>
    public string Begun { get; init; } = "";

    /// <summary>What the attempts begin with then.</summary>
    public int BegunAt { get; init; }

    /// <summary>The number by which people name a row, as SQL; the row is called <c>q</c>.</summary>
    public string Number { get; init; } = "q.id";

    /// <summary>What a row is about, as SQL; the row is called <c>q</c>.</summary>
    public string About { get; init; } = "''";

    /// <summary>Where a row is waiting at all: nothing of a holder's is written to another, as SQL.</summary>
    public string Waiting { get; init; } = "true";

    /// <summary>Whether this failure was one too many.</summary>
    public bool IsLast(int attempts) => attempts >= MostAttempts;

    /// <summary>Whether it was taken time and again and nobody came back to say what became of it.</summary>
    public bool IsSpent(int attempts) => attempts > MostAttempts * Vanished;

    /// <summary>How long it rests after so many attempts: twice as long each time, up to a bound.</summary>
    public TimeSpan Wait(int attempts) =>
        TimeSpan.FromSeconds(
            Math.Min(FirstWait.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30)), LongestWait.TotalSeconds)
        );

    /// <summary>A condition: nobody has the row.</summary>
    public static string Free(string row) => $"({row}.lease_until is null or {row}.lease_until < clock_timestamp())";

    /// <summary>A condition: nobody has the row, and it rests no more.</summary>
    public static string Due(string row) =>
        $"({row}.next_at is null or {row}.next_at <= clock_timestamp()) and {Free(row)}";

    /// <summary>What a claim sets; it takes <c>@owner</c> and <c>@lease</c>.</summary>
    public string Taken(string row) => $"{Claimed(row)}, attempts = {row}.attempts + 1";

    /// <summary>The same, for a table that counts its attempts in its own way.</summary>
    public string Claimed(string row) =>
        $"owner = @owner, lease_until = clock_timestamp() + @lease, {Epoch} = {row}.{Epoch} + 1";

    /// <summary>What is set when it went well.</summary>
    public const string Well = "owner = null, lease_until = null, attempts = 0, trouble = null";

    /// <summary>
    /// What is set when it waits, which is no failure of it: the attempt does not count. It takes <c>@wait</c> and
    /// <c>@trouble</c>.
    /// </summary>
    public const string PutOff =
        "lease_until = null, attempts = greatest(attempts - 1, 0), next_at = clock_timestamp() + @wait, trouble = "
        + "@trouble";

    /// <summary>
    /// What is set when it failed; it takes <c>@wait</c> and <c>@trouble</c>. A little later than said, so that not all
    /// come back at once.
    /// </summary>
    public const string Failed =
        "lease_until = null, next_at = clock_timestamp() + @wait * (1 + random() * 0.2), trouble = @trouble";

    /// <summary>A condition: the row is the holder's still. It takes <c>@Key</c> and <c>@Epoch</c>.</summary>
    public string Held => $"{Key} = cast(@Key as {KeyType}) and {Epoch} = @Epoch and {Waiting}";
}
