using System.Text.Json;
using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Database;

public sealed class StoredJsonTests
{
    [Theory]
    [InlineData(typeof(Procedure))]
    [InlineData(typeof(Plan))]
    [InlineData(typeof(RunStep))]
    [InlineData(typeof(HandoverFacts))]
    public void A_record_is_read_from_a_row_that_was_written_before_its_members_were_there(Type type) =>
        Assert.IsType(type, JsonSerializer.Deserialize("{}", type, BotDatabase.Json));

    [Fact]
    public void What_is_there_is_read_and_written_in_the_order_it_always_had()
    {
        const string Row = """
            {"ordinal":2,"id":"verify","state":"Done","attempt":1,"startedAt":"2025-04-18T01:00:00+00:00",
             "evidence":{"exit":"0"}}
            """;

        var read = JsonSerializer.Deserialize<RunStep>(Row, BotDatabase.Json);

        Assert.Equal((2, "verify", StepState.Done, null), (read?.Ordinal, read?.Id, read?.State, read?.Outcome));
        Assert.Equal(
            Row.Replace("\n ", "", StringComparison.Ordinal),
            JsonSerializer.Serialize(read, BotDatabase.Json)
        );
    }
}
