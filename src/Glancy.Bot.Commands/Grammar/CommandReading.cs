using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel;
using Glancy.Ops.Leases;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>Checks the values of a recognised command and writes each in the way of its kind.</summary>
internal static class CommandReading
{
    public static Reading Of(
        CommandRegistration command,
        ParseResult parsed,
        TypedWords typed,
        IReadOnlyList<OptionSpec> everywhere,
        RosterWords? roster
    )
    {
        var spec = command.Spec;
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var canonical = new List<string>(spec.Verbs.Split(' '));
        Refusal? wrong = null;
        foreach (var argument in spec.Arguments)
        {
            var given = Tokens(parsed.GetResult(argument.Name));
            wrong ??= argument.Required && given.Count == 0 ? new Refusal("missing-argument", "", argument.Name) : null;
            var written = Write(argument.Name, argument.Kind, given, typed, roster, ref wrong);
            if (written.Count > 0)
            {
                values[argument.Name] = written;
                canonical.AddRange(written);
            }
        }

        foreach (var option in everywhere.Concat(spec.Options))
        {
            var name = "--" + option.Name;
            if (parsed.GetResult(name) is not OptionResult { Implicit: false } result)
            {
                wrong ??= option.Required ? new Refusal("missing-option", "", name) : null;
                continue;
            }

            var given = Tokens(result);
            wrong ??= option.Kind is not null && given.Count == 0 ? new Refusal("missing-value", "", name) : null;
            wrong ??=
                result.IdentifierTokenCount > 1 || given.Count > 1 ? new Refusal("repeated-option", "", name) : null;
            var written = option.Kind is { } kind ? Write(name, kind, given, typed, roster, ref wrong) : [];
            values[option.Name] = written;
            canonical.AddRange([name, .. written]);
        }

        if (wrong is not null)
        {
            return new Reading.NotUnderstood(wrong, null, spec) { Given = new CommandValues(values) };
        }

        if (parsed.Errors is [var error, ..])
        {
            return new Reading.NotUnderstood(new Refusal("not-understood", "", error.Message), null, spec);
        }

        return new Reading.Understood(command, new CommandValues(values), canonical, Differs(canonical, typed.Typed));
    }

    private static List<string> Tokens(SymbolResult? result) =>
        result is null ? [] : [.. result.Tokens.Select(t => t.Value)];

    private static List<string> Write(
        string name,
        ValueKind kind,
        List<string> given,
        TypedWords typed,
        RosterWords? roster,
        ref Refusal? wrong
    )
    {
        var written = new List<string>();
        foreach (var value in given)
        {
            Refusal? unknown = null;
            if (
                (
                    roster is not null && RosterWords.IsName(kind) && value.Length > 0
                        ? roster.Read(kind, value, out unknown)
                        : Written(kind, value, typed)
                ) is
                { Length: > 0 } good
            )
            {
                written.Add(good);
            }
            else
            {
                wrong ??=
                    unknown
                    ?? new Refusal(
                        value.Length == 0 ? "missing-value" : "bad-" + Phrasebook.Hyphenated(kind.ToString()),
                        "",
                        value.Length == 0 ? name : value
                    );
            }
        }

        return written;
    }

    private static string? Written(ValueKind kind, string value, TypedWords typed) =>
        kind switch
        {
            ValueKind.Sentence => Folding.Sentence(typed.Original(value)),
            ValueKind.Run => RunName.TryParse(value, out var id) ? RunName.Of(id) : null,
            ValueKind.Lease => LeaseName.TryParse(value, out var lease) ? LeaseName.Of(lease) : null,
            ValueKind.Alert => AlertName.TryParse(value, out var alert) ? AlertName.Of(alert) : null,
            ValueKind.Span => TimeText.TryReadSpan(value, out _) ? value.ToLowerInvariant() : null,
            ValueKind.Batch => BatchName.Of(value),
            ValueKind.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
                ? number.ToString(CultureInfo.InvariantCulture)
                : null,
            ValueKind.Incident => IncidentName.Of(value),
            ValueKind.Severity => SeverityName.TryParse(value, out var severity) ? SeverityName.Of(severity) : null,
            ValueKind.Time => TimeText.TryRead(value, out _) ? value : null,
            _ => value,
        };

    // The order of options is the person's own; what counts is whether the words are the same.
    private static bool Differs(List<string> canonical, IReadOnlyList<string> typed) =>
        !canonical
            .Order(StringComparer.Ordinal)
            .SequenceEqual(typed.SelectMany(OptionAndValue).Order(StringComparer.Ordinal));

    private static IEnumerable<string> OptionAndValue(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && word.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? [word[..at], word[(at + 1)..]]
            : [word];
}
