using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>What saying it does to production or to records.</summary>
public enum Effect
{
    Read,
    Change,
    Danger,
}

/// <summary>Where help shows a command.</summary>
public enum Topic
{
    See,
    Act,
    People,
    Records,
}

/// <summary>What a value is, so that it is checked and written in one way before a handler sees it.</summary>
public enum ValueKind
{
    /// <summary>A name or code; folded like everything typed.</summary>
    Word,

    /// <summary>A person's own sentence; kept exactly as typed.</summary>
    Sentence,

    /// <summary>A run: <c>17</c>, <c>R-17</c>; becomes <c>R-17</c>.</summary>
    Run,

    /// <summary>A lease: <c>3</c>, <c>L-3</c>; becomes <c>L-3</c>.</summary>
    Lease,

    /// <summary>An alert group: <c>3</c>, <c>A-3</c>; becomes <c>A-3</c>.</summary>
    Alert,

    /// <summary>A stretch of time: <c>90m</c>, <c>2h</c>, <c>1d</c>.</summary>
    Span,

    /// <summary>A batch: <c>b3</c>, <c>REL-B3</c>; becomes <c>REL-B3</c>.</summary>
    Batch,

    /// <summary>A positive whole number.</summary>
    Number,

    /// <summary>A Shanghai date or time, or one with its own offset.</summary>
    Time,

    /// <summary>An incident: <c>inc-2025-0418-1</c>; becomes <c>INC-2025-0418-01</c>.</summary>
    Incident,

    /// <summary>A severity: <c>Sev-1</c>, <c>1</c>; becomes <c>sev1</c>.</summary>
    Severity,

    /// <summary>Somebody in the people list, however one is called: <c>@chen</c>, <c>陈默</c>; becomes the id.</summary>
    Person,

    /// <summary>A role, however it is called: <c>Secondary on call</c>, <c>RM</c>; becomes the id.</summary>
    Role,

    /// <summary>Who did something: a person as above, or somebody who is in the list no more, as typed.</summary>
    Actor,
}

/// <summary>A positional value. Its words are found as <c>value.{name}</c>.</summary>
/// <param name="Many">Takes all that follow; only the last may.</param>
public sealed record ArgumentSpec(string Name, ValueKind Kind = ValueKind.Word, bool Required = true, bool Many = false)
{
    /// <summary>Words of the runbook's, where the product has none for the name.</summary>
    public Glancy.Runbook.Words? Title { get; init; }
}

/// <summary>A named value, <c>--name value</c>, or a switch. Its words are found as <c>option.{name}</c>.</summary>
/// <param name="Kind">Null for a switch.</param>
/// <param name="Chinese">The same name in Chinese.</param>
/// <param name="Choices">What the value may be, where only a few are; for people to read, the handler refuses
/// others.</param>
public sealed record OptionSpec(
    string Name,
    ValueKind? Kind = null,
    bool Required = false,
    string? Chinese = null,
    IReadOnlyList<string>? Choices = null
)
{
    /// <summary>Words of the runbook's, where the product has none for the name.</summary>
    public Glancy.Runbook.Words? Title { get; init; }

    /// <summary>Said with this, the command is another word and needs this permission, not the command's own.</summary>
    public PermissionName? Permission { get; init; }
}

/// <summary>
/// Everything about a command that is not its doing: help, the README's table and the grammar are made from it.
/// Its summary is found as <c>command.{verbs with hyphens}</c>.
/// </summary>
/// <param name="Verbs">What people say: <c>run confirm</c>.</param>
/// <param name="Section">The runbook section it serves; empty where there is none.</param>
/// <param name="Permission">What whoever says it has to be permitted; what names none nobody may say.</param>
public sealed record CommandSpec(string Verbs, Topic Topic, Effect Effect, string Section, PermissionName? Permission)
{
    /// <summary>It only drafts a plan: nothing changes before that is confirmed.</summary>
    public bool Drafts { get; init; }

    public IReadOnlyList<ArgumentSpec> Arguments { get; init; } = [];

    public IReadOnlyList<OptionSpec> Options { get; init; } = [];

    /// <summary>The same verbs in Chinese or short, each a whole path: <c>运行 确认</c>, <c>确认</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What people ask that this answers, whole and as they say it; nothing like it is guessed.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Complete lines without the product's name: <c>hk HK-03</c>.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Its words and the title of its form, where the runbook brings them.</summary>
    public (Glancy.Runbook.Words Summary, Glancy.Runbook.Words Title)? Own { get; init; }

    public string SummaryKey => "command." + Verbs.Replace(' ', '-');

    /// <summary><c>run confirm &lt;run&gt; &lt;code&gt; [--no-wait]</c></summary>
    public string Usage =>
        string.Join(
            ' ',
            Arguments
                .Select(a => (a.Required ? $"<{a.Name}>" : $"[{a.Name}]") + (a.Many ? "..." : ""))
                .Concat(
                    Options.Select(o =>
                        o.Kind is null ? $"[--{o.Name}]"
                        : o.Required ? $"--{o.Name} <{ValueName(o)}>"
                        : $"[--{o.Name} <{ValueName(o)}>]"
                    )
                )
                .Prepend(Verbs)
        );

    private static string ValueName(OptionSpec option) =>
        option.Choices is { } choices ? string.Join('|', choices)
        : option.Kind == ValueKind.Number ? "n"
        : option.Kind == ValueKind.Time ? "time"
        : option.Kind == ValueKind.Run ? "run"
        : "text";
}
