namespace Glancy.Runbook.Procedures;

/// <summary>How an effect survives a crash (rule 1 of the engine).</summary>
public enum EffectClass
{
    /// <summary>No effect outside the bot's own database.</summary>
    None,

    /// <summary>The far side remembers run, step and attempt and answers a known key with its stored state.</summary>
    Keyed,

    /// <summary>Setting the same value again changes nothing.</summary>
    Convergent,

    /// <summary>Never repeated without a person.</summary>
    UnknownThenHuman,
}

/// <summary>What a kind of step is called and takes; the lint checks procedures against it.</summary>
public sealed record ActionSpec(string Kind, EffectClass Effect, IReadOnlyList<ActionArgument> Arguments)
{
    /// <summary>Bastion commands that the kind calls without being told to by an argument.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>It only judges what is there: a proof.</summary>
    public bool Expects { get; init; }

    /// <summary>
    /// It accompanies what the run is for - a record, a snapshot, a word - and one person may leave it out; anything else takes two (rule 10).
    /// </summary>
    public bool Aside { get; init; }
}

/// <summary>An argument of a kind of step.</summary>
/// <param name="Refers">What the value must name: <c>flag</c>, <c>command</c>, <c>hook</c>, <c>statement</c>, <c>role</c>, <c>sop-line</c>, or null for free text.</param>
public sealed record ActionArgument(string Name, bool Required, bool IsList = false, string? Refers = null);

/// <summary>The kinds there are.</summary>
public static class ActionKinds
{
    public static IReadOnlyDictionary<string, ActionSpec> All { get; } = new ActionSpec[]
    {
        // "from" is the value the state has to stand at before, when only that one is ours to change.
        // "params" lists name=value pairs for the command's typed parameters.
        new("bastion.run", EffectClass.Keyed, [new("command", true, Refers: "command"), new("params", false, IsList: true)]),
        new("flag.set", EffectClass.Keyed, [new("flag", true, Refers: "flag"), new("value", true), new("from", false)]) { Commands = ["configctl.feature.set"] },
        new("flag.snapshot", EffectClass.Keyed, []) { Commands = ["configctl.snapshot.create"], Aside = true },
        // "statement" is a .sql file under runbook/statements/; params are name=value; "min_rows" is 1 where it is not given.
        new("sql.run", EffectClass.Keyed, [new("statement", true, Refers: "statement"), new("params", false, IsList: true), new("min_rows", false), new("max_rows", true)]) { Aside = true },
        new("release.set", EffectClass.Keyed, [new("batch", true), new("weight", true), new("from", false)]) { Commands = ["releasectl.stage.promote"] },
        new("release.freeze", EffectClass.None, [new("reason", true)]),
        new("release.thaw", EffectClass.None, []),
        // "expect" lists requirements such as status=200, json:degraded=true, json:examples.length>=1, header:X-Trace-Id, seconds<=2.5
        new("http.check", EffectClass.None, [new("case", false), new("path", true), new("expect", true, IsList: true)]) { Expects = true },
        // "hooks" lists hook ids or "all"; "light" is green or any (any records without judging).
        new("hook.expect", EffectClass.None, [new("hooks", true, IsList: true, Refers: "hook"), new("light", true)]) { Expects = true },
        // "lines" lists measured lines of SOPs' last columns, such as sop/exports/depth.
        new("sop.expect", EffectClass.None, [new("lines", true, IsList: true, Refers: "sop-line")]) { Expects = true },
        new("wait", EffectClass.None, [new("for", true)]) { Aside = true },
        // "type" is what a person types to do it.
        new("manual", EffectClass.UnknownThenHuman, [new("type", false)]),
        new("announce", EffectClass.None, [new("template", true)]) { Aside = true },
        new("page", EffectClass.None, [new("role", true, Refers: "role"), new("template", true)]) { Aside = true },
    }.ToDictionary(s => s.Kind);

    /// <summary>Whether a kind only judges what is there.</summary>
    public static bool Expects(string kind) => All.TryGetValue(kind, out var spec) && spec.Expects;
}
