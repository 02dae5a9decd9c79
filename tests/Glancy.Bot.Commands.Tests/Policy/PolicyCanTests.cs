using Glancy.Bot.Commands.Policy;
using Glancy.Ops.Kernel;
using Glancy.Ops.Policy;

namespace Glancy.Bot.Commands.Tests.Policy;

public class PolicyCanTests
{
    [Fact]
    public void Yes() =>
        Golden.Check(
            "yes",
            words =>
                PolicyCanCommand.Page(
                    "lin",
                    "rollback",
                    new PolicyAnswer(true, null, "primary", 2),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Only_as_the_second() =>
        Golden.Check(
            "second",
            words =>
                PolicyCanCommand.Page(
                    "dong",
                    "rollback",
                    new PolicyAnswer(true, null, null, 2),
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Alone() =>
        Golden.Check(
            "alone",
            words =>
                PolicyCanCommand.Page(
                    "lin",
                    "rollback",
                    new PolicyAnswer(true, null, "primary", 1) { BreakGlassUnder = "INC-2025-0418-01" },
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void No() =>
        Golden.Check(
            "no",
            words =>
                PolicyCanCommand.Page(
                    "olga",
                    "rollback",
                    new PolicyAnswer(false, new Refusal("not-on-roster", "§1.1", "olga", "mei,han,lin"), null, 2),
                    RunbookOnDisk.In(words)
                )
        );
}
