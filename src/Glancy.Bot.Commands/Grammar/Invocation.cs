using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>Who says it.</summary>
/// <param name="Login">The account as the channel knows it.</param>
/// <param name="Person">Null when nobody in <c>people.yaml</c> has that account.</param>
/// <param name="StandIn">Somebody speaks for the person; only where the environment is not prod.</param>
public sealed record Caller(string Login, Person? Person, bool StandIn);

/// <summary>Where a command's words go while it is still at it.</summary>
public interface IReplies
{
    Task PageAsync(Page page, object data, CancellationToken cancellationToken);

    Task LineAsync(Text line, object data, CancellationToken cancellationToken);

    /// <summary>A line exactly as it is, for files.</summary>
    Task RawAsync(string line, CancellationToken cancellationToken);

    /// <summary>A remark beside the answer, never part of its data.</summary>
    Task NoteAsync(Text note, CancellationToken cancellationToken);
}

/// <summary>One command said once: its values, who said it, in which language, and where the answer goes.</summary>
/// <param name="Gone">Cancelled when the asker has left; what only shows things stops then, what was begun is
/// finished.</param>
public sealed record Invocation(
    CommandSpec Spec,
    CommandValues Values,
    Caller Caller,
    Phrasebook Words,
    IReplies Replies,
    CancellationToken Gone
)
{
    /// <summary>
    /// Set once something that the asker wanted is in the database, so that trouble after it is not told as "nothing
    /// happened".
    /// </summary>
    public bool Recorded { get; private set; }

    /// <summary>The asker can be shown how it goes on; otherwise how it stands is the answer.</summary>
    public bool Follows { get; init; } = true;

    public void NowRecorded() => Recorded = true;

    /// <summary>The person; a handler whose effect is not a read is only called when there is one.</summary>
    /// <exception cref="InvalidOperationException">Asked for by a handler whose effect is a read.</exception>
    public Person Person =>
        Caller.Person ?? throw new InvalidOperationException($"{Spec.Verbs} asks for a person but is a read.");
}

/// <summary>The values of one invocation, checked and written by their kinds.</summary>
public sealed record CommandValues(IReadOnlyDictionary<string, IReadOnlyList<string>> ByName)
{
    /// <summary>The value of that name; null when it was not given.</summary>
    public string? Find(string name) => ByName.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>The value of a required name.</summary>
    public string this[string name] => Find(name) ?? throw new KeyNotFoundException($"No value {name}.");

    public IReadOnlyList<string> All(string name) => ByName.TryGetValue(name, out var values) ? values : [];

    /// <summary>Whether a switch was given.</summary>
    public bool Has(string name) => ByName.ContainsKey(name);

    public long Run(string name) =>
        RunName.TryParse(this[name], out var id) ? id : throw new FormatException(this[name]);

    public Severity Severity(string name) =>
        SeverityName.TryParse(this[name], out var severity) ? severity : throw new FormatException(this[name]);

    public int? Number(string name) =>
        Find(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public DateTimeOffset? Time(string name) =>
        Find(name) is { } text && TimeText.TryRead(text, out var at) ? at : null;
}

/// <summary>What a line turned out to be.</summary>
public abstract record Reading
{
    private Reading() { }

    /// <summary>How the answer is wanted, whatever it is.</summary>
    public OutputOptions OutputOptions { get; init; } = new(null, null, false);

    /// <summary>A command with its values.</summary>
    /// <param name="Canonical">The words as understood.</param>
    /// <param name="Rewritten">They differ from what was typed, so they are echoed.</param>
    public sealed record Understood(
        CommandRegistration Command,
        CommandValues Values,
        IReadOnlyList<string> Canonical,
        bool Rewritten
    ) : Reading;

    /// <summary>Not understood; nothing happened.</summary>
    /// <param name="Near">The closest thing that would be understood.</param>
    /// <param name="About">The command it was read as; null when even that is unclear.</param>
    public sealed record NotUnderstood(Refusal Refusal, string? Near, CommandSpec? About) : Reading
    {
        /// <summary>What of it was understood; null where that is not known.</summary>
        public CommandValues? Given { get; init; }

        /// <summary>
        /// A line whose words are right and name somebody or something that there is not, is refused by that rule.
        /// </summary>
        public ExitCode ExitCode => Refusal.Section.Length > 0 ? ExitCode.Refused : ExitCode.Usage;
    }

    /// <summary>Help on what begins with these verbs; empty for all.</summary>
    public sealed record HelpWanted(string Verbs) : Reading;
}

/// <summary>Options that every command takes.</summary>
/// <param name="As">Who is stood in for.</param>
/// <param name="Language"><c>zh</c> or <c>en</c>, when given.</param>
/// <param name="Reveal">Masked personal data is wanted unmasked.</param>
public sealed record OutputOptions(string? As, string? Language, bool Json, bool Reveal = false);
