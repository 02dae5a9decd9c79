using Glancy.Ops.Connectors.Bastion;

namespace Glancy.Ops.Tests.Connectors.Bastion;

public sealed class ParsedPairsTests
{
    [Fact]
    public void Lines_of_a_status_become_pairs()
    {
        var pairs = ParsedPairs.OfColons("batch: REL-B3\nold_kept_until: 2025-04-18T02:20:00Z\n");
        Assert.True(pairs.Ok);
        Assert.Equal("REL-B3", pairs["batch"]);
        Assert.Equal("2025-04-18T02:20:00Z", pairs["old_kept_until"]);
        Assert.Null(pairs["weight"]);
    }

    [Fact]
    public void Lines_of_flags_become_pairs()
    {
        var pairs = ParsedPairs.OfEquals("glancy.cache.mode=l2_prio\nglancy.x=a=b");
        Assert.True(pairs.Ok);
        Assert.Equal("l2_prio", pairs["glancy.cache.mode"]);
        Assert.Equal("a=b", pairs["glancy.x"]);
    }

    [Fact]
    public void Nothing_printed_is_no_pairs_and_no_problem()
    {
        Assert.True(ParsedPairs.OfEquals("") is { Ok: true, Values.Count: 0 });
    }

    [Theory]
    [InlineData("weight: 15\nweight: 50\n", "line 2: a name twice")]
    [InlineData("weight: 15\nwarning, something is off\n", "line 2: not a pair")]
    [InlineData("weight: 15\n\nbatch: none\n", "line 2: not a pair")]
    [InlineData("weight: 15\n\n", "line 2: not a pair")]
    [InlineData("weight:15\n", "line 1: not a pair")]
    [InlineData(": 15\n", "line 1: not a pair")]
    [InlineData("weight: \n", "line 1: not a value")]
    [InlineData("weight:  15\n", "line 1: not a value")]
    [InlineData("weight: 15\r\n", "line 1: not a value")]
    [InlineData("weight: 1\u001b[31m5\n", "line 1: not a value")]
    [InlineData("weight: 1\uFFFD\n", "line 1: not a value")]
    [InlineData("the weight: 15\n", "line 1: not a name")]
    [InlineData("ｗeight: 15\n", "line 1: not a name")]
    public void One_bad_line_spoils_the_whole(string text, string problem)
    {
        var pairs = ParsedPairs.OfColons(text);
        Assert.False(pairs.Ok);
        Assert.Equal(problem, pairs.Problem);
        Assert.Empty(pairs.Values);
    }
}
