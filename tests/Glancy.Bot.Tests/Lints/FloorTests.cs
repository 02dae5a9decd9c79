using Glancy.Ops;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Lints;

/// <summary>
/// The rooms of operations, from the ground up. A room uses rooms on the floors below its own, and beside it only those that are named. Composing
/// them all (<c>OpsServices</c>) is above every floor.
/// </summary>
public sealed class FloorTests
{
    private static readonly string[][] Floors =
    [
        ["Kernel"],
        ["Connectors"],
        ["Notices", "Runbook"],
        ["Roster"],
        ["Lives"],
        ["Procedures"],
        ["Hooks", "Flags", "Releases", "Leases"],
        ["Incidents", "BreakGlass", "Alerts", "Slo"],
        ["Policy", "Watching", "Handovers", "Patrols"],
    ];

    private static readonly HashSet<(string Room, string Beside)> Named =
    [
        ("Runbook", "Notices"),
        ("Releases", "Hooks"),
        ("Leases", "Hooks"),
        ("Incidents", "Alerts"),
        ("BreakGlass", "Incidents"),
        ("Patrols", "Handovers"),
    ];

    public static TheoryData<string> Rooms => [.. Floors.SelectMany(rooms => rooms)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_the_floors_below_it_and_named_rooms_beside_it(string room)
    {
        var floor = Array.FindIndex(Floors, rooms => rooms.Contains(room));
        var barred = Floors.Skip(floor).SelectMany(rooms => rooms).Where(other => other != room && !Named.Contains((room, other))).Select(Namespace).Append(typeof(Ops.GlancyOptions).FullName ?? "").ToArray();

        var result = NetArchTest.Rules.Types.InAssembly(typeof(Ops.OpsServices).Assembly)
            .That().ResideInNamespace(Namespace(room)).ShouldNot().HaveDependencyOnAny(barred).GetResult();

        Assert.True(result.IsSuccessful, $"{room} uses a room above it or beside it: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void Every_folder_is_a_room()
    {
        var folders = Directory.GetDirectories(Path.Combine(RepositoryRoot.Find(), "src", "Glancy.Ops")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));

        Assert.Equal(Rooms.Select(row => row.Data).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_rooms_never_use_each_other() => Assert.DoesNotContain(Named, pair => Named.Contains((pair.Beside, pair.Room)));

    private static string Namespace(string room) => "Glancy.Ops." + room;
}
