using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Glancy.Bot.Tests.Crash;

/// <summary>A replica that ended during a run.</summary>
/// <param name="Pid">Null when it ended before it was ready, so that nobody had made its acquaintance.</param>
/// <param name="Exit">128 and the signal's number when a signal ended it.</param>
public sealed record Death(string Replica, int? Pid, int? Exit)
{
    public const int BySignal9 = 128 + 9;
}

/// <summary>A run that was played to its end.</summary>
/// <param name="Took">Real time from the confirmation to the end.</param>
public sealed record Played(long Run, RunFacts Facts, IReadOnlyList<Death> Deaths, int? OrderTakenBy, TimeSpan Took);

/// <summary>
/// Plays one run: drafted by one person, confirmed by another, its world moved on while it waits, and looked at when it
/// has ended.
/// </summary>
public sealed class CrashRun(CrashWorld house, ProcedureCase procedure)
{
    // Through the windows of all hooks, so that after an effect they are read anew.
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly List<Death> deaths = [];

    /// <param name="order">Where a replica is to die, or to stay; null for an undisturbed run.</param>
    /// <param name="trouble">What else goes wrong, from the confirmation on; given the run's number.</param>
    public async Task<Played> PlayAsync(
        string? order,
        Func<long, CancellationToken, Task>? trouble,
        CancellationToken cancellationToken
    )
    {
        // Whoever died in the run before comes back meanwhile.
        var reviving = house.ReviveAsync(cancellationToken);
        await house.TidyAsync(cancellationToken);
        await reviving;
        var words = await procedure.ArrangeAsync(house, cancellationToken);
        house.World.Effects.Clear();
        var mark = await MarkAsync(cancellationToken);
        var (run, code) = await DraftAsync(words, cancellationToken);
        if (order is not null)
        {
            house.Orders.Give(order);
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = Stopwatch.StartNew();
        var confirmation = ConfirmAsync(run, code, done.Token);
        var troubled = trouble?.Invoke(run, done.Token) ?? Task.CompletedTask;
        await DriveAsync(run, confirmation, troubled, cancellationToken);
        var took = watch.Elapsed;
        await troubled.WaitAsync(Patience, cancellationToken);
        await DeathsAsync(order, cancellationToken);
        await done.CancelAsync();

        if (house.Living.Count == 0)
        {
            // What one that comes back to an ended run does to it shall be seen.
            await house.ReviveAsync(cancellationToken);
        }

        // Connections from before a crash of the database are dead and do not know it.
        house.Bot.Clear();
        house.Product.Clear();
        var facts = await RunFacts.ReadAsync(house.World, house.Bot, house.Product, run, mark, cancellationToken);
        return new Played(run, facts, deaths, house.Orders.TakenBy(), took);
    }

    /// <summary>
    /// The way to another procedure: arranged, drafted, confirmed and gone through, with nothing going wrong.
    /// </summary>
    public async Task ThroughAsync(CancellationToken cancellationToken)
    {
        var words = await procedure.ArrangeAsync(house, cancellationToken);
        var (run, code) = await DraftAsync(words, cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var state = await DriveAsync(run, ConfirmAsync(run, code, done.Token), Task.CompletedTask, cancellationToken);
        await done.CancelAsync();
        Assert.True(state == "Succeeded", $"R-{run}, the {procedure} before it, is {state}");
    }

    private async Task<long> MarkAsync(CancellationToken cancellationToken)
    {
        await using var command = house.Product.CreateCommand("select coalesce(max(id), 0) from audit_events");
        return await command.ExecuteScalarAsync(cancellationToken) is long mark ? mark : 0;
    }

    private async Task<(long Run, string Code)> DraftAsync(
        IReadOnlyList<string> words,
        CancellationToken cancellationToken
    )
    {
        var spoken = await Terminal.SayAsync(
            house.Living[0],
            procedure.Drafter,
            [.. words, "--json"],
            cancellationToken
        );
        Assert.True(spoken.Exit == 0, $"no draft: {spoken}");
        using var data = JsonDocument.Parse(spoken.Out);
        var name = data.RootElement.GetProperty("run").GetString() ?? "";
        return (
            long.Parse(name[2..], CultureInfo.InvariantCulture),
            data.RootElement.GetProperty("code").GetString() ?? ""
        );
    }

    // The replica that takes the word may be the one that dies of it; its answer then has no end, but the word stands.
    private async Task ConfirmAsync(long run, string code, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"R-{run}");
        try
        {
            var spoken = await Terminal.SayAsync(
                house.Living[^1],
                procedure.Confirmer,
                ["run", "confirm", name, code, "--no-wait", "--json"],
                cancellationToken
            );
            Assert.True(spoken.Exit is null or 0, $"not confirmed: {spoken}");
        }
        catch (OperationCanceledException)
        {
            // The run has ended before its follower said so.
        }
    }

    private async Task<string> DriveAsync(
        long run,
        Task confirmation,
        Task troubled,
        CancellationToken cancellationToken
    )
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var (state, due, pause) = await LookAsync(run, cancellationToken);
            foreach (var failed in new[] { confirmation, troubled }.Where(task => task.IsFaulted))
            {
                await failed;
            }

            if (state is not (null or "Draft" or "AwaitingSecond" or "Confirmed" or "Running" or "Verifying"))
            {
                return state;
            }

            Assert.True(
                watch.Elapsed < Patience,
                $"R-{run} is still {state} {pause} after {Patience.TotalSeconds:0} s"
            );
            if (house.Living.Count == 0)
            {
                NoteDeaths();
                var early = await house.ReviveUnderOrdersAsync(cancellationToken);
                deaths.AddRange(early.Select(id => new Death(id, null, Death.BySignal9)));
            }
            else if (state is "Running" or "Verifying" && due > house.World.Clock.Now)
            {
                await house.World.JumpAsync(Jump, cancellationToken);
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    // Nothing is known while the database is away.
    private async Task<(string? State, DateTimeOffset? Due, string? Pause)> LookAsync(
        long run,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = house.Bot.CreateCommand(
                "select state, due_at, coalesce(pause, '') || ' ' || coalesce(outcome::text, '') from glancy.run "
                    + "where id = $1"
            );
            command.Parameters.Add(new NpgsqlParameter { Value = run });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            Assert.True(await reader.ReadAsync(cancellationToken), $"R-{run} is gone");
            return (
                reader.GetString(0),
                await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2)
            );
        }
        catch (NpgsqlException)
        {
            return default;
        }
    }

    // A replica told to die after the end of the run may still be about to.
    private async Task DeathsAsync(string? order, CancellationToken cancellationToken)
    {
        if (order is not null && !order.Contains(' ', StringComparison.Ordinal))
        {
            await Wait.TryUntilAsync(
                () => house.Orders.TakenBy() is not null,
                TimeSpan.FromSeconds(3),
                cancellationToken
            );
            if (house.Orders.TakenBy() is { } pid)
            {
                await Wait.TryUntilAsync(
                    () => !house.Living.Any(r => r.Process.Pid == pid),
                    TimeSpan.FromSeconds(5),
                    cancellationToken
                );
            }
        }

        NoteDeaths();
    }

    private void NoteDeaths() =>
        deaths.AddRange(
            house
                .Replicas.Where(r => !r.IsAlive && deaths.All(d => d.Pid != r.Process.Pid))
                .Select(r => new Death(r.Place.Id, r.Process.Pid, r.ExitCode))
        );
}
