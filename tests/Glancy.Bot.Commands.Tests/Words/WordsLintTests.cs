using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests.Words;

/// <summary>Nothing is said that has no words in both languages, and no words are hidden in the code.</summary>
public partial class WordsLintTests
{
    // The complete set that was agreed on; the code's own uses are found by reading it.
    private static readonly string[] Agreed =
    [
        "unknown-person",
        "unknown-procedure",
        "unknown-run",
        "unknown-batch",
        "batch-not-active",
        "missing-parameter",
        "bad-parameter",
        "unknown-parameter",
        "not-on-call",
        "not-on-roster",
        "same-person",
        "already-confirmed",
        "already-ended",
        "expired",
        "stale-plan",
        "bad-code",
        "frozen",
        "already-frozen",
        "key-held",
        "unreachable-bastion",
        "unreachable-product",
        "unreachable-database",
        "host-key-mismatch",
        "unparsable-output",
        "script-failed",
        "script-refused",
        "script-unknown",
        "deadline-passed",
        "drift",
        "superseded-by",
        "hooks-not-green",
        "hooks-unknown",
        "sop-not-good",
        "sop-unknown",
        "check-failed",
        "sql-rows",
        "sql-failed",
        "role-lost",
        "dismissed",
        "aborted-by",
        "not-paused",
        "unknown-step",
        "step-not-skippable",
        "needs-second-for-skip",
        "manual-needed",
        "not-manual",
        "not-running",
        "internal",
    ];

    [Fact]
    public void Every_refusal_has_its_words_and_a_way_out()
    {
        var codes = Agreed
            .Concat(
                new[] { "Glancy.Ops", "Glancy.Bot.Commands", "Glancy.Bot" }
                    .SelectMany(Sources.Refusals)
                    .Select(r => r.Code)
            )
            .Distinct()
            .Order()
            .ToList();
        Assert.True(codes.Count >= Agreed.Length);
        Assert.All(
            codes,
            code =>
            {
                Assert.True(Golden.Zh.Knows("refusal." + code), code);
                Assert.True(Golden.Zh.Knows($"refusal.{code}.next"), code + ".next");
            }
        );
    }

    [Fact]
    public void No_refusal_is_given_fewer_arguments_than_its_words_need()
    {
        var short_ = new[] { "Glancy.Ops", "Glancy.Bot.Commands", "Glancy.Bot" }
            .SelectMany(Sources.Refusals)
            .Where(r => r.Arguments < Needed(r.Code, r.Arguments))
            .Select(r => $"{r.File}: {r.Code} has {r.Arguments}");
        Assert.Empty(short_);
    }

    [Fact]
    public void Every_code_of_a_family_has_words()
    {
        Family<Light>("light");
        Family<UnknownReason>("hk.unknown");
        Family<GateState>("gate");
        Family<RunState>("state");
        Family<PauseReason>("pause");
        Family<Topic>("help.topic");
        Family<Effect>("help.effect");
        Family<ValueKind>("refusal.bad");

        static void Family<T>(string name)
            where T : struct, Enum =>
            Assert.All(
                Enum.GetValues<T>(),
                code =>
                    Assert.True(
                        Golden.En.Knows(name + "." + Phrasebook.Hyphenated(code.ToString()))
                            || Golden.En.Knows(name + "-" + Phrasebook.Hyphenated(code.ToString())),
                        $"{name} {code}"
                    )
            );
    }

    [Fact]
    public void Every_phrase_the_code_asks_for_is_there()
    {
        var asked = new[] { "Glancy.Bot.Commands", "Glancy.Bot" }
            .SelectMany(Sources.Of)
            .SelectMany(source => Asked().Matches(source.Text).Select(m => (source.File, Key: m.Groups[1].Value)))
            .Where(a => !a.Key.EndsWith('.'))
            .ToList();
        Assert.True(asked.Count > 100);
        Assert.DoesNotContain(asked, a => !Golden.En.Knows(a.Key));
    }

    [Fact]
    public void Every_notice_has_words()
    {
        var said = Sources
            .Of("Glancy.Ops")
            .SelectMany(s => NoticeTemplate().Matches(s.Text))
            .Select(m => m.Groups[1].Value)
            .Concat(
                RunbookOnDisk
                    .Content.Procedures.Values.SelectMany(p => p.Steps)
                    .Where(s => s.With.ContainsKey("template"))
                    .Select(s => s.With["template"].Text)
            )
            .Concat([
                "card-draft",
                "card-run",
                "freeze",
                "rollback-first",
                "rollback-verified",
                "page-unknown",
                "page-failed",
                "page-drift",
                "page-expired",
                "page-no-batch",
                "page-unverified",
                "run-ended",
                "loosened",
            ])
            .Distinct();
        Assert.All(said, template => Assert.True(Golden.En.Knows("notice." + template), template));
    }

    [Fact]
    public void Every_word_on_an_incident_has_words()
    {
        var said = Sources
            .Of("Glancy.Ops")
            .Where(s => s.File.Contains("Incidents", StringComparison.Ordinal))
            .SelectMany(s => IncidentKind().Matches(s.Text))
            .SelectMany(m => m.Groups[1].Captures.Concat(m.Groups[2].Captures))
            .Select(c => c.Value)
            .Distinct()
            .ToList();
        Assert.True(said.Count > 8, string.Join(", ", said));
        Assert.All(
            said,
            kind => Assert.True(Golden.En.Knows("notice.incident-" + kind) && Golden.En.Knows("timeline." + kind), kind)
        );
    }

    [Fact]
    public void Every_line_of_a_runs_history_and_of_the_audit_has_words()
    {
        foreach (var (file, text) in Sources.Of("Glancy.Ops"))
        {
            Assert.All(
                HistoryKind().Matches(text).Select(m => m.Groups[1].Value),
                kind => Assert.True(Golden.En.Knows("event." + kind), $"{file}: {kind}")
            );
            Assert.All(
                AuditAction().Matches(text).Select(m => m.Groups[1].Value),
                action => Assert.True(Golden.En.Knows("audit.action." + action), $"{file}: {action}")
            );
        }
    }

    [Fact]
    public void No_sentence_and_no_Chinese_is_hidden_in_the_code()
    {
        var hidden = new[] { "Glancy.Bot.Commands", "Glancy.Bot/Terminal" }
            .SelectMany(Sources.Of)
            .SelectMany(source =>
                source.Text.Split('\n').Select((line, index) => (Where: $"{source.File}:{index + 1}", Line: line))
            )
            .Where(l => !l.Line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Where(l =>
                Han().IsMatch(l.Line)
                    ? !NamesAWord().IsMatch(l.Line)
                    : Literal().Matches(l.Line).Any(m => Sentence().IsMatch(m.Groups[1].Value))
                        && !ForDevelopers().IsMatch(l.Line)
            )
            .Select(l => $"{l.Where}: {l.Line.Trim()}")
            .ToList();
        Assert.True(hidden.Count == 0, string.Join('\n', hidden));
    }

    private static int Needed(string code, int given)
    {
        var brief = Golden.En.Template($"refusal.{code}.short");
        var template = given < 3 && brief is not null ? brief : Golden.En.Template("refusal." + code);
        return Numbered()
            .Matches((template ?? "") + Golden.En.Template($"refusal.{code}.next"))
            .Select(m => m.Groups[1].Value[0] - '0' + 1)
            .DefaultIfEmpty(0)
            .Max();
    }

    [GeneratedRegex(@"\{([0-9])\}")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?:words|Words)(?:\[|\.Say\(|\.SayNamed\(|\.Plain\()\$?""([a-z][a-z0-9.-]*)""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"""(?:card|post|page|direct)"",\s*""([a-z-]+)""")]
    private static partial Regex NoticeTemplate();

    [GeneratedRegex(
        @"(?:new IncidentWord\(|log\.SayAsync\(transaction, \w+, [\w.]+, (?:raised \? ""([a-z-]+)"" : )?)""([a-z-]+)"""
    )]
    private static partial Regex IncidentKind();

    [GeneratedRegex(
        @"(?:new RunChange\(\s*|NoteAsync\(transaction, run, person, role, |"
            + @"ResumeAsync\(transaction, run, person, role, |AppendEventAsync\([^""\n;\[]*)""([a-z-]*[a-z])"""
    )]
    private static partial Regex HistoryKind();

    [GeneratedRegex(@"new (?:Audit\.)?AuditEntry\([^"",]+,\s*""([a-z-]*[a-z])""")]
    private static partial Regex AuditAction();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"Aliases = |Questions = |Chinese: |""zh"" or ")]
    private static partial Regex NamesAWord();

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    // Words in a row, unless they are a command line of our own.
    [GeneratedRegex(@"^(?!glancy ).*[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"Exception\(|LoggerMessage|Examples = |SuppressMessage|InvalidOperationException|ArgumentOutOfRange"
    )]
    private static partial Regex ForDevelopers();
}
