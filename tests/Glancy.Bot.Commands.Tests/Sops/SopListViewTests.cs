using Glancy.Bot.Commands.Sops;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Alerts;

namespace Glancy.Bot.Commands.Tests.Sops;

public class SopListViewTests
{
    [Fact]
    public void All_of_them_with_what_they_do() =>
        Golden.Check("all", words => SopListView.Page(RunbookOnDisk.In(words)), width: 140);

    [Fact]
    public void A_runbook_without_any() =>
        Golden.Check(
            "none",
            words => SopListView.Page(new Names(words, RunbookOnDisk.Content with { Alerts = AlertBook.Empty }))
        );
}
