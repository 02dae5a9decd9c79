using System.Reflection;
using System.Runtime.CompilerServices;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Lints;

/// <summary>
/// What a class asks for when it is made shows how many things it does. A record of many fields has them by name, as
/// properties: nobody can read nine values in a row.
/// </summary>
public sealed class ConstructorTests
{
    private const int Most = 8;

    private static readonly Assembly[] Houses =
    [
        Assembly.Load("Glancy.Bot"),
        typeof(Glancy.Bot.Commands.CommandsServices).Assembly,
        typeof(Glancy.Ops.OpsServices).Assembly,
        typeof(Glancy.Runbook.RunbookContent).Assembly,
        typeof(Glancy.Slack.SlackOptions).Assembly,
        typeof(RepositoryRoot).Assembly,
    ];

    [Fact]
    public void No_class_or_record_asks_for_more_than_eight_things_when_it_is_made()
    {
        var longer = Houses
            .SelectMany(house => house.GetTypes())
            .Where(IsLonger)
            .Select(type => type.FullName ?? type.Name)
            .Order(StringComparer.Ordinal);

        Assert.Empty(longer);
    }

    [Theory]
    [InlineData(typeof(Many), true)]
    [InlineData(typeof(Few), false)]
    [InlineData(typeof(Fields), true)]
    [InlineData(typeof(Named), false)]
    [InlineData(typeof(Rows), true)]
    [InlineData(typeof(MadeByItself), false)]
    public void A_type_is_measured_by_the_longest_constructor_that_others_may_call(Type type, bool longer) =>
        Assert.Equal(longer, IsLonger(type));

    // What the compiler makes, such as a row without a name, nobody asks for anything.
    private static bool IsLonger(Type type) =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(made => (made.IsPublic || made.IsAssembly) && made.GetParameters().Length > Most);

    private sealed class Many
    {
        internal Many(int a, int b, int c, int d, int e, int f, int g, int h, int i) =>
            Sum = a + b + c + d + e + f + g + h + i;

        public Many() { }

        public int Sum { get; }
    }

    private sealed class Few(int a, int b, int c, int d, int e, int f, int g, int h)
    {
        public int Sum => a + b + c + d + e + f + g + h;
    }

    private sealed class MadeByItself
    {
        private MadeByItself(int a, int b, int c, int d, int e, int f, int g, int h, int i) =>
            Sum = a + b + c + d + e + f + g + h + i;

        public static MadeByItself One => new(1, 2, 3, 4, 5, 6, 7, 8, 9);

        public int Sum { get; }
    }

    private sealed record Fields(int A, int B, int C, int D, int E, int F, int G, int H, int I);

    private readonly record struct Rows(int A, int B, int C, int D, int E, int F, int G, int H, int I);

    private sealed record Named(int A, int B, int C, int D, int E, int F, int G, int H)
    {
        public required int I { get; init; }
    }
}
