using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Crash;

/// <summary>Whatever is shipped can be tortured, and what must be there once is counted.</summary>
public sealed class CaseTests
{
    [Fact]
    public void Every_shipped_procedure_has_a_case_or_is_an_SOPs_and_made_of_kinds_that_have_one()
    {
        Assert.Empty(ShippedProcedures.WithoutCase(RepositoryRoot.Find()));
        Assert.Empty(ProcedureCases.All.Select(c => c.Id).Except(ShippedProcedures.In(RepositoryRoot.Find())));
    }

    [Fact]
    public void A_fact_too_many_is_objected_to_and_so_is_one_too_few()
    {
        const string Fact = "lease flag/glancy.exports.enabled true to false by mei affects  recovers  stands";
        var once = Once.Stands("flag/glancy.exports.enabled true to false");

        Assert.Null(once.Objection(new RunFacts([Fact])));
        Assert.StartsWith("2 times instead of 1", once.Objection(new RunFacts([Fact, Fact])), StringComparison.Ordinal);
        Assert.StartsWith(
            "0 times instead of 1",
            once.Objection(new RunFacts([Fact + " Reverted by mei"])),
            StringComparison.Ordinal
        );
    }
}
