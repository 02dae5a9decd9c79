using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Escalation;

namespace Glancy.Bot.Commands.Tests.Incidents;

public class IncidentFormsTests
{
    private static readonly Uri Answers = new("https://hooks.slack.com/x");

    [Fact]
    public void Opening_one_with_what_the_lights_say() =>
        Golden.CheckForm(
            "form-open",
            words =>
                IncidentForms.Opening(
                    new AskedForm(IncidentListView.OpenForm, "C1", Answers),
                    Golden.Book,
                    RunbookOnDisk.In(words).Runbook.Escalation,
                    new SeverityProposal(Severity.Sev2, "HK-01", World.Now),
                    null,
                    null,
                    words
                )
        );

    [Fact]
    public void Opening_one_from_a_message_while_nothing_is_red() =>
        Golden.CheckForm(
            "form-open-message",
            words =>
                IncidentForms.Opening(
                    new AskedForm(IncidentListView.OpenForm, "C1", Answers, Anywhere: true),
                    Golden.Book,
                    RunbookOnDisk.In(words).Runbook.Escalation,
                    null,
                    null,
                    "导出延迟 " + new string('长', 300),
                    words
                )
        );

    [Fact]
    public void What_the_person_said_goes_before_what_the_lights_say() =>
        Golden.CheckForm(
            "form-open-typed",
            words =>
                IncidentForms.Opening(
                    new AskedForm(IncidentListView.OpenForm, "C1", Answers),
                    Golden.Book,
                    RunbookOnDisk.In(words).Runbook.Escalation,
                    new SeverityProposal(Severity.Sev2, "HK-01", World.Now),
                    Severity.Sev1,
                    null,
                    words
                )
        );

    [Fact]
    public void Choosing_the_incident_of_a_message() =>
        Golden.CheckForm(
            "form-pin",
            words =>
                IncidentForms.Choosing(
                    new AskedForm(
                        "glancy incident pin --incident ... --link=https://x.slack.com/archives/C1/p1745000000000100 "
                            + "--said-by=wu",
                        "C1",
                        Answers,
                        "缓存是冷的 <!channel>",
                        Anywhere: true
                    ),
                    Golden.Book,
                    [
                        World.Sev1,
                        World.Sev1 with
                        {
                            Id = "INC-2025-0418-02",
                            Severity = Severity.Sev3,
                            Title = new string('长', 90),
                            OpenedAt = World.Sev1.OpenedAt.AddMinutes(5),
                        },
                    ],
                    words
                )
        );

    [Fact]
    public void A_messages_words_of_any_length_fit_into_the_form()
    {
        var asked = new AskedForm(
            "glancy incident pin --incident ... "
                + "--link=https://x.slack.com/archives/C1/p1745000000000100?thread_ts=1745000000.000100&cid=C1",
            "C1",
            Answers,
            new string('长', 400),
            Anywhere: true
        );
        Assert.NotNull(IncidentForms.Choosing(asked, Golden.Book, [World.Sev1], Golden.Zh));
    }
}
