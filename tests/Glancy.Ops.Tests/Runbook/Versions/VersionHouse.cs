using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Watching;
using Glancy.Sandbox.Postgres;

namespace Glancy.Ops.Tests.Runbook.Versions;

/// <summary>Replicas with a folder each on one database. Nothing runs by itself: a test lets them look.</summary>
internal sealed class VersionHouse : IAsyncDisposable
{
    private readonly WorldDatabases databases;
    private readonly List<OpsHouse> replicas = [];
    private readonly List<RunbookCopy> copies = [];

    private VersionHouse(WorldDatabases databases) => this.databases = databases;

    public static async Task<VersionHouse> BuildAsync(PostgresFixture postgres, CancellationToken cancellationToken) =>
        new(await postgres.TakeAsync(cancellationToken));

    public RunbookCopy Copy()
    {
        var copy = new RunbookCopy();
        copies.Add(copy);
        return copy;
    }

    /// <summary>A replica that has not begun.</summary>
    public OpsHouse Replica(string id, RunbookCopy copy, string source = "")
    {
        var replica = OpsHouse.Build(databases, copy.Folder, id, content: null, source);
        replicas.Add(replica);
        return replica;
    }

    /// <summary>A replica that works.</summary>
    public async Task<OpsHouse> BeginAsync(string id, RunbookCopy copy, string source = "")
    {
        var replica = Replica(id, copy, source);
        Assert.Empty(await replica.Get<VersionLook>().BeginAsync(CancellationToken.None));
        return replica;
    }

    /// <summary>Every given replica looks twice, one after the other: what is on the disks is certain then.</summary>
    public static async Task LookAsync(params OpsHouse[] looking)
    {
        for (var i = 0; i < 2; i++)
        {
            foreach (var replica in looking)
            {
                Assert.True(await replica.Get<VersionLook>().LookAsync(CancellationToken.None));
            }
        }
    }

    public static string InForce(OpsHouse replica) => replica.Get<RunbookHolder>().Current.Version;

    public static Task<VersionStatus> StatusAsync(OpsHouse replica) =>
        replica.Get<VersionDesk>().StatusAsync(CancellationToken.None);

    public static async Task<IReadOnlyList<AuditEvent>> AuditAsync(OpsHouse replica, string action) =>
        await replica.Get<AuditLog>().SearchAsync(new AuditQuery(Action: action, Limit: 100), CancellationToken.None);

    public static async Task<IReadOnlyList<Notice>> NoticesAsync(OpsHouse replica, string template) =>
        [
            .. (await replica.Get<NoticeBoard>().ListAsync(0, 1000, CancellationToken.None)).Where(n =>
                n.Template == template
            ),
        ];

    /// <summary>By the database's owner.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(databases.BotMigrator);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<string> ProductAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(databases.ProductOwner);
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())?.ToString() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        copies.ForEach(copy => copy.Dispose());
    }
}
