using Glancy.Bot.Commands.Grammar;

namespace Glancy.Bot.Commands.Tests.Grammar;

public class IncidentWordsTests
{
    private static readonly CommandGrammar Grammar = Golden.Grammar;

    [Theory]
    [InlineData("INC-2025-0418-01")]
    [InlineData("inc-2025-0418-1")]
    [InlineData("#2025-0418-01")]
    [InlineData("INC‑2025‑0418‑01")]
    [InlineData("inc-20250418-01")]
    public void An_incident_is_read_as_people_write_it(string typed) =>
        Assert.Equal(
            "INC-2025-0418-01",
            Assert.IsType<Reading.Understood>(Grammar.ReadLine("incident show " + typed)).Values["incident"]
        );

    [Theory]
    [InlineData("incident show R-17", "bad-incident")]
    [InlineData("incident show INC-2025-04-18", "bad-incident")]
    [InlineData("incident open sev4 x", "bad-severity")]
    [InlineData("incident open lookups fail", "bad-severity")]
    [InlineData("incident open sev1", "missing-argument")]
    [InlineData("incident close INC-2025-0418-01", "missing-option")]
    public void What_is_none_is_refused(string line, string code) =>
        Assert.Equal(code, Assert.IsType<Reading.NotUnderstood>(Grammar.ReadLine(line)).Refusal.Code);

    [Theory]
    [InlineData("incident open sev1 \"lookups fail everywhere\"")]
    [InlineData("incident open Sev-1 lookups fail everywhere")]
    [InlineData("报事件 1 “lookups fail everywhere”")]
    public void A_title_needs_no_quotation_marks(string line)
    {
        var values = Assert.IsType<Reading.Understood>(Grammar.ReadLine(line)).Values;

        Assert.Equal(Glancy.Runbook.Escalation.Severity.Sev1, values.Severity("severity"));
        Assert.Equal("lookups fail everywhere", string.Join(' ', values.All("title")));
    }
}
