using System.Reflection;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Lints;

/// <summary>
/// Two houses, room by room from the ground up: what operations are, and what people say and see. A room uses rooms on
/// the floors below its own, and beside it only those that are named. What composes a house is above every floor.
/// </summary>
public sealed class FloorTests
{
    private static readonly House Ops = new(
        typeof(Glancy.Ops.OpsServices).Assembly,
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
        ],
        [
            ("Runbook", "Notices"),
            ("Releases", "Hooks"),
            ("Leases", "Hooks"),
            ("Incidents", "Alerts"),
            ("BreakGlass", "Incidents"),
            ("Patrols", "Handovers"),
        ]
    )
    {
        // All settings at once are the composition's; a room is given its part.
        Above = [typeof(Glancy.Ops.GlancyOptions)],
    };

    private static readonly House Commands = new(
        typeof(Glancy.Bot.Commands.CommandsServices).Assembly,
        [
            ["Pages"],
            ["Words", "Terminal"],
            ["Refusals", "Grammar"],
            ["Masking", "Help"],
            ["Running", "Episodes"],
            ["Procedures", "Hooks", "Notices"],
            ["Releases", "Sops", "Roster", "Incidents", "Patrols", "Policy", "Audit", "Slo", "Runbook"],
            ["Alerts", "Leases", "Handovers"],
            ["Status"],
            ["Home", "Slack"],
        ],
        []
    );

    private static readonly Dictionary<string, House> Houses = new()
    {
        ["Glancy.Ops"] = Ops,
        ["Glancy.Bot.Commands"] = Commands,
    };

    public static TheoryData<string, string> Rooms
    {
        get
        {
            var rooms = new TheoryData<string, string>();
            foreach (
                var (name, room) in Houses.SelectMany(house => house.Value.Rooms.Select(room => (house.Key, room)))
            )
            {
                rooms.Add(name, room);
            }

            return rooms;
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_the_floors_below_it_and_named_rooms_beside_it(string house, string room)
    {
        var (floors, beside) = (Houses[house].Floors, Houses[house].Beside);
        var floor = Array.FindIndex(floors, rooms => rooms.Contains(room));
        string[] barred =
        [
            .. floors
                .Skip(floor)
                .SelectMany(rooms => rooms)
                .Where(other => other != room && !beside.Contains((room, other)))
                .Select(other => $"{house}.{other}"),
            .. Houses[house].Above.Select(type => type.FullName ?? type.Name),
        ];

        var result = NetArchTest
            .Rules.Types.InAssembly(Houses[house].Assembly)
            .That()
            .ResideInNamespace($"{house}.{room}")
            .ShouldNot()
            .HaveDependencyOnAny(barred)
            .GetResult();

        Assert.True(
            result.IsSuccessful,
            $"{room} uses a room above it or beside it: {string.Join(", ", result.FailingTypeNames ?? [])}"
        );
    }

    [Theory]
    [InlineData("Glancy.Ops")]
    [InlineData("Glancy.Bot.Commands")]
    public void Every_folder_is_a_room_and_no_two_rooms_use_each_other(string house)
    {
        var folders = Directory
            .GetDirectories(Path.Combine(RepositoryRoot.Find(), "src", house))
            .Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj"));

        Assert.Equal(Houses[house].Rooms.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Houses[house].Beside, pair => Houses[house].Beside.Contains((pair.Beside, pair.Room)));
    }

    private sealed record House(Assembly Assembly, string[][] Floors, HashSet<(string Room, string Beside)> Beside)
    {
        public IReadOnlyList<Type> Above { get; init; } = [];

        public IEnumerable<string> Rooms => Floors.SelectMany(rooms => rooms);
    }
}
