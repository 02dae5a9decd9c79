using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Masking;

/// <summary>
/// <c>secrets.yaml</c> and <c>masking.yaml</c>: what must not be shown. Every rule is tried on its own samples.
/// </summary>
internal static class MaskingFile
{
    private const string Secrets = "secrets.yaml";
    private const string Personal = "masking.yaml";
    private const string Rule = "masking rule";

    // A version from before the secrets had a file of their own has them in the other.
    public static IReadOnlyList<MaskRule> Read(RunbookReading reading) =>
        [.. reading.Use(Secrets) is null ? [] : Read(reading, Secrets), .. Read(reading, Personal)];

    private static List<MaskRule> Read(RunbookReading reading, string name)
    {
        var rules = new List<MaskRule>();
        if (reading.Open(name) is not { } file)
        {
            return rules;
        }

        foreach (var fields in file.Maps("rules"))
        {
            var before = reading.Problems.Count;
            var id = fields.Id();
            reading.Declare(Rule, id, fields.File, fields.LineOf("id"));
            var rule = new MaskRule(
                id,
                fields.Id("as"),
                fields.Flag("tag", otherwise: false),
                fields.Text("pattern"),
                fields.OptionalText("except") is { Length: > 0 } except ? except : null,
                fields.References("reveal", References.Role),
                fields.Section()
            );
            var masks = Samples(fields, "masks");
            var keeps = Samples(fields, "keeps");
            fields.Done();
            Check(fields, "pattern", rule.Pattern);
            Check(fields, "except", rule.Except is { } kept ? MaskRule.Whole(kept) : "");
            if (reading.Problems.Count == before)
            {
                Try(fields, rule, masks, keeps, reading);
            }

            rules.Add(rule);
        }

        file.Done();
        return rules;
    }

    private static void Check(Fields fields, string name, string pattern)
    {
        if (pattern.Length == 0)
        {
            return;
        }

        try
        {
            if (MaskExpression.Of(pattern).On("", expression => expression.IsMatch("")))
            {
                fields.Problem(name, "pattern-matches-nothing", name);
            }
        }
        catch (ArgumentException wrong)
        {
            fields.Problem(name, "bad-pattern", name, wrong.Message);
        }
    }

    private static IReadOnlyList<YamlText> Samples(Fields fields, string name)
    {
        var samples = fields.Texts(name);
        if (samples.Count == 0)
        {
            fields.Problem(name, fields.Has(name) ? "empty-value" : "missing-field", name);
        }

        return samples;
    }

    private static void Try(
        Fields fields,
        MaskRule rule,
        IReadOnlyList<YamlText> masks,
        IReadOnlyList<YamlText> keeps,
        RunbookReading reading
    )
    {
        var masker = new Masker([rule], null, new HashSet<string>());
        foreach (var sample in masks.Where(s => !Changes(s.Value)))
        {
            reading.Problem(fields.File, sample.Line, "sample-not-masked", rule.Id, sample.Value);
        }

        foreach (var sample in keeps.Where(s => Changes(s.Value)))
        {
            reading.Problem(fields.File, sample.Line, "sample-not-kept", rule.Id, sample.Value);
        }

        bool Changes(string text) => masker.Mask(text, new HashSet<string>()).Places.Count > 0;
    }
}
