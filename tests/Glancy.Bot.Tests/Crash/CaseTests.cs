using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Crash;

/// <summary>Whatever is shipped can be tortured.</summary>
public sealed class CaseTests
{
    [Fact]
    public void Every_shipped_procedure_has_a_case()
    {
        Assert.Empty(ShippedProcedures.WithoutCase(RepositoryRoot.Find()));
        Assert.Equal(ShippedProcedures.In(RepositoryRoot.Find()), ProcedureCases.All.Select(c => c.Id).Order(StringComparer.Ordinal));
    }
}
