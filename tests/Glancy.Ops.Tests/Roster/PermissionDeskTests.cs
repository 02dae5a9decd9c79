using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Tests.Roster;

/// <summary>What desks let through, person by person, is what <c>docs/permissions.md</c> says.</summary>
public sealed class PermissionDeskTests(PostgresFixture postgres)
{
    // The roles of the runs at hand, and who stands in for one of them.
    private static readonly string[] OfTheProcedure = ["primary", "secondary", "release-manager"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Permissions => Ids(kind => kind != PermissionKind.Read);

    public static TheoryData<string> GivenToRoles => Ids(kind => kind is PermissionKind.Word or PermissionKind.Duty);

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task A_desk_lets_through_whom_the_table_names(string permission)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, new Dictionary<string, string?>(), Cast.On, Token);
        var desk = new DeskWords(house, Token);
        await desk.BeginAsync(permission);
        var content = house.Get<Ops.Runbook.RunbookHolder>().Current;
        var row = PermissionRow.Read().First(r => r.Permission == permission);

        var differences = new List<string>();
        var persons = row
            .Cells.SelectMany(cell =>
                new[]
                {
                    (Who: cell.Key + " on duty", Person: Cast.OnDuty(cell.Key), Role: cell.Key, Cell: cell.Value.On),
                    (
                        Who: cell.Key + " off duty",
                        Person: Cast.OffDuty(content, cell.Key),
                        Role: "",
                        Cell: cell.Value.Off
                    ),
                }
            )
            .Append((Who: "not on the roster", Person: Cast.Nobody, Role: "", Cell: row.Nobody))
            .ToList();

        // Those whom the thing at hand does not concern come first: what the others say may end it.
        foreach (var (who, person, role, cell) in persons.OrderBy(p => DeskWords.Concerns(permission, p.Person)))
        {
            var expected = cell switch
            {
                "yes" or "draft" => true,
                "no" => false,
                "procedure" => OfTheProcedure.Contains(role),
                "theirs" => DeskWords.Concerns(permission, person),
                _ => throw new InvalidOperationException($"{cell} says nothing."),
            };
            var code = await desk.SayAsync(permission, house.Person(person));
            if (expected == DeskWords.Denials.Contains(code))
            {
                differences.Add($"{permission} by {who} ({person}): the table says {cell}, the desk {code}");
            }
        }

        Assert.Empty(differences);
    }

    /// <summary>The desks have no list of their own.</summary>
    [Theory]
    [MemberData(nameof(GivenToRoles))]
    public async Task A_desk_goes_by_what_the_runbook_says_now(string permission)
    {
        await using var house = await OpsHouse.BuildAsync(
            postgres,
            new Dictionary<string, string?>(),
            shipped =>
                Cast.On(shipped) with
                {
                    Permissions = shipped
                        .Permissions.Values.Select(p =>
                            p.Id == permission ? p with { HeldBy = HeldBy.Roles, Roles = ["dba"] } : p
                        )
                        .ToDictionary(p => p.Id),
                },
            Token
        );
        var desk = new DeskWords(house, Token);
        await desk.BeginAsync(permission);

        Assert.Equal("not-on-call", await desk.SayAsync(permission, house.Person(Cast.OnDuty("customer-service"))));
        Assert.DoesNotContain(await desk.SayAsync(permission, house.Person(Cast.OnDuty("dba"))), DeskWords.Denials);
    }

    [Fact]
    public void Every_permission_that_is_no_reading_has_its_row() =>
        Assert.Empty(PermissionNames.All.Keys.Except(PermissionRow.Read().Select(r => r.Permission)));

    private static TheoryData<string> Ids(Func<PermissionKind, bool> of) =>
        [.. PermissionNames.All.Values.Where(name => of(name.Kind)).Select(name => name.Id)];
}
