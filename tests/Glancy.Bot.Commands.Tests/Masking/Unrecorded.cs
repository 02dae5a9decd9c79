using Glancy.Bot.Commands.Masking;
using Glancy.Ops;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Glancy.Ops.Roster.Sources;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Roster;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Glancy.Bot.Commands.Tests.Masking;

/// <summary>
/// Masks by the shipped rules, on a database that nobody answers, so that nothing can be put on record.
/// </summary>
internal static class Unrecorded
{
    /// <param name="overrides">None when null.</param>
    public static Revealing Revealing(IRosterOverrides? overrides = null)
    {
        var holder = new RunbookHolder("", RunbookOnDisk.Content);
        var clock = new FakeTimeProvider(World.Now);
        var database = new BotDatabase(
            NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2")
        );
        var audit = new AuditLog(database, clock, new NoAnchors());
        return new Revealing(holder, Roster(holder, overrides), audit, clock, Options.Create(new GlancyOptions()));
    }

    /// <summary>Who may do what by the shipped rules, as the roster stands by itself.</summary>
    public static Permissions Permissions(RunbookHolder? holder = null)
    {
        var book = holder ?? RunbookOnDisk.Holder;
        return new Permissions(book, Roster(book, null), new FakeTimeProvider(World.Now));
    }

    private static DutyRoster Roster(RunbookHolder holder, IRosterOverrides? overrides) =>
        new(holder, overrides ?? new NoOverrides(), new NoTurns(), new NeverAccepted());

    private sealed class NoOverrides : IRosterOverrides
    {
        public Task<IReadOnlyList<EnteredOverride>> AtAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<EnteredOverride>>([]);

        public Task<IReadOnlyList<EnteredOverride>> FromAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
            AtAsync(at, cancellationToken);
    }

    private sealed class NoTurns : IRosterTurns
    {
        public Task<HeardRoster> KnownAsync(
            IReadOnlyList<RosterSource> sources,
            DateTimeOffset at,
            CancellationToken cancellationToken
        ) => Task.FromResult(HeardRoster.Nothing);
    }

    private sealed class NeverAccepted : IAcceptances
    {
        public Task<DateTimeOffset?> AcceptedAsync(DateTimeOffset boundary, CancellationToken cancellationToken) =>
            Task.FromResult<DateTimeOffset?>(null);
    }

    private sealed class NoAnchors : IAuditAnchors
    {
        public Task<IReadOnlyList<AuditHead>?> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AuditHead>?>(null);
    }
}
