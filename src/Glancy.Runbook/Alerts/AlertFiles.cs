using System.Globalization;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Alerts;

/// <summary>
/// <c>alerts.yaml</c>, the rules for cards and silences, and <c>alerts/*.yaml</c>, one SOP of §5.2 per file.
/// </summary>
internal static class AlertFiles
{
    private const string File = "alerts.yaml";

    public static AlertBook Read(RunbookReading reading, IReadOnlyList<Hook> hooks)
    {
        // A version from before there were any is a version still.
        var rules =
            reading.Use(File) is null || reading.Open(File) is not { } fields ? AlertRules.Usual : Rules(fields);
        var sops = new List<AlertSop>();
        foreach (var file in reading.OpenAll("alerts"))
        {
            sops.Add(Sop(reading, file, hooks));
        }

        return new AlertBook(rules, sops);
    }

    private static AlertRules Rules(Fields fields)
    {
        var text = fields.Text("cards_per_minute");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cards) || cards is < 1 or > 60)
        {
            cards = 1;
            if (text.Length > 0)
            {
                fields.Problem("cards_per_minute", "bad-number", "cards_per_minute", text);
            }
        }

        var rules = new AlertRules(
            cards,
            fields.SomeTime("storm_quiet"),
            fields.SomeTime("reuse_within"),
            fields.SomeTime("late_within"),
            fields.SomeTime("watch_for"),
            fields.SomeTime("longest_silence")
        );
        fields.Done();
        return rules;
    }

    private static AlertSop Sop(RunbookReading reading, Fields fields, IReadOnlyList<Hook> hooks)
    {
        var id = fields.Id();
        reading.Declare(References.Sop, id, fields.File, fields.LineOf("id"));
        if (id.Length > 0 && fields.File != $"alerts/{id}.yaml")
        {
            fields.Problem("id", "id-not-file-name", id);
        }

        var sop = new AlertSop
        {
            Id = id,
            Title = fields.Words("title"),
            Section = fields.Section(),
            Severity = fields.Choice("severity", "sev1", "sev2", "sev3") switch
            {
                "sev1" => Severity.Sev1,
                "sev2" => Severity.Sev2,
                _ => Severity.Sev3,
            },
            Dashboard = fields.Reference("dashboard", References.Dashboard),
            Match = [.. Matches(reading, fields)],
            Detect = [.. SopLines.Read(reading, fields, id, "detect", hooks)],
            Act = [.. Acts(reading, fields)],
            Verify = [.. SopLines.Read(reading, fields, id, "verify", hooks)],
        };
        fields.Done();
        return sop;
    }

    private static IEnumerable<LabelMatch> Matches(RunbookReading reading, Fields fields)
    {
        var texts = fields.Texts("match");
        if (texts.Count == 0)
        {
            fields.Problem("match", "missing-field", "match");
        }

        foreach (var text in texts)
        {
            var parts = text.Value.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
            {
                reading.Problem(fields.File, text.Line, "bad-pair", text.Value);
                continue;
            }

            // Two SOPs for one alert would be none.
            reading.Declare("match", text.Value, fields.File, text.Line);
            yield return new LabelMatch(parts[0], parts[1]);
        }
    }

    /// <summary>An act's procedure has to ask for a reason and no more, and to be one that people can say.</summary>
    /// <param name="verbs">Null where nobody asks for that.</param>
    public static void CheckActs(
        RunbookReading reading,
        AlertBook alerts,
        IReadOnlyDictionary<string, Procedure> procedures,
        IReadOnlyList<Verb>? verbs
    )
    {
        foreach (var (sop, act) in alerts.Sops.SelectMany(sop => sop.Act.Select(act => (sop, act))))
        {
            if (act.Procedure is not { Length: > 0 } id)
            {
                continue;
            }

            if (
                procedures.TryGetValue(id, out var procedure)
                && !procedure.Parameters.Where(p => p.Required).Select(p => p.Name).SequenceEqual([SopAct.Reason])
            )
            {
                reading.Problem($"alerts/{sop.Id}.yaml", act.Line, "sop-procedure-asks", id);
            }

            if (
                verbs is not null
                && procedures.ContainsKey(id)
                && !verbs.Any(verb => verb.Procedures.Values.Contains(id))
            )
            {
                reading.Problem($"alerts/{sop.Id}.yaml", act.Line, "sop-procedure-without-command", id);
            }
        }
    }

    // A procedure, said to the bot, or typed by a person, never two of them: another one is then an unknown field.
    private static IEnumerable<SopAct> Acts(RunbookReading reading, Fields sop)
    {
        foreach (var fields in sop.Maps("act"))
        {
            var procedure = fields.Has("procedure") ? fields.Text("procedure") : null;
            var glancy = procedure is null && fields.Has("glancy") ? fields.Text("glancy") : null;
            if (procedure is { Length: > 0 })
            {
                reading.ReferLater(References.Procedure, procedure, fields.File, fields.LineOf("procedure"));
            }

            var act = new SopAct(
                fields.Words("say"),
                glancy,
                procedure is null && glancy is null ? fields.Text("type") : null
            )
            {
                Procedure = procedure,
                Line = fields.Line,
            };
            fields.Done();
            yield return act;
        }
    }
}
