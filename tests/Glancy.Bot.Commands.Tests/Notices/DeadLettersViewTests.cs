using Glancy.Bot.Commands.Notices;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot.Commands.Tests.Notices;

public class DeadLettersViewTests
{
    private static readonly IReadOnlyList<DeadLetter> Letters =
    [
        new("call", 7, "INC-2025-0418-01 sms call lin", "http-503", 9, World.Now.AddMinutes(-1)),
        new("post", 345, "run:17:rollback-first", "msg_too_long", 5, World.Now.AddMinutes(-3)),
        new("delivery", 12, "Command U0LIN", "failed", 5, World.Now.AddMinutes(-9)),
    ];

    [Fact]
    public void A_list_says_what_how_often_and_why() =>
        Golden.Check("dead-letters", words => DeadLettersView.Page(Letters, words), slack: true);

    [Fact]
    public void Nothing_given_up() => Golden.Check("dead-letters-none", words => DeadLettersView.Page([], words));
}
