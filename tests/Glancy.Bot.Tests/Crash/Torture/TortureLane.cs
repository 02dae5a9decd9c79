using System.Diagnostics;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>The part of a torture with one number of replicas, in a world of its own.</summary>
/// <param name="done">Told of each run as it ends.</param>
/// <param name="elapsed">Real time since the torture began.</param>
internal sealed class TortureLane(
    CrashWorld house,
    int replicas,
    TortureOptions options,
    Action<TortureLine> done,
    Func<TimeSpan> elapsed
)
{
    // Where both are wanted, the sweep leaves the rest of the time to the seeds.
    private const double SweepShare = 2.0 / 3;
    private readonly string topology = Topology.Name(replicas);

    public List<Planned> Planned { get; } = [];

    public bool CutShort { get; private set; }

    public async Task RunAsync(IReadOnlyList<ProcedureCase> cases, CancellationToken cancellationToken)
    {
        await house.TopologyAsync(replicas, cancellationToken);
        foreach (var procedure in options.Sweep ? cases : [])
        {
            await SweepAsync(procedure, cancellationToken);
        }

        var seeds = options
            .Seeds.Select(seed => new Chaos(seed, cases, options.Topologies))
            .Where(c => c.Replicas == replicas)
            .ToList();
        foreach (var chaos in seeds)
        {
            if (Late())
            {
                break;
            }

            await ChaosAsync(chaos, cancellationToken);
        }

        if (seeds.Count > 0)
        {
            await AuditAsync("", cancellationToken);
        }
    }

    private async Task SweepAsync(ProcedureCase procedure, CancellationToken cancellationToken)
    {
        if (TooLateToSweep())
        {
            Planned.Add(new Planned(procedure.Id, topology, null));
            return;
        }

        if (await UndisturbedAsync(procedure, cancellationToken) is not { } undisturbed)
        {
            Planned.Add(new Planned(procedure.Id, topology, null));
            return;
        }

        var transitions = undisturbed.Transitions.Where(t => options.At.Count == 0 || options.At.Contains(t)).ToList();
        Planned.Add(new Planned(procedure.Id, topology, transitions.Count));
        foreach (var transition in transitions)
        {
            if (TooLateToSweep())
            {
                break;
            }

            var line = await new Sweep(house, procedure, _ => { }).KillAsync(
                topology,
                transition,
                undisturbed.Facts,
                cancellationToken
            );
            done(
                new TortureLine(
                    Trial.Sweep,
                    procedure.Id,
                    topology,
                    transition,
                    null,
                    line.Problems,
                    line.Death,
                    line.Whole.TotalSeconds,
                    Repeat(procedure, $" --at {transition}")
                )
            );
        }

        await AuditAsync(procedure.Id, cancellationToken);
    }

    // Measured against nothing but its own expectations; without it there is nothing to measure the others against.
    private async Task<Undisturbed?> UndisturbedAsync(ProcedureCase procedure, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        Undisturbed? undisturbed = null;
        IReadOnlyList<string> problems;
        try
        {
            undisturbed = await house.UndisturbedAsync(procedure, cancellationToken);
            problems = procedure.Objections(undisturbed.Facts);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            problems = [trouble.Message];
        }

        done(
            new TortureLine(
                Trial.Undisturbed,
                procedure.Id,
                topology,
                "nothing goes wrong",
                null,
                problems,
                "",
                watch.Elapsed.TotalSeconds,
                Repeat(procedure, " --seeds 0")
            )
        );
        return problems.Count == 0 ? undisturbed : null;
    }

    private async Task ChaosAsync(Chaos chaos, CancellationToken cancellationToken)
    {
        if (!house.Knows(chaos.Procedure) && await UndisturbedAsync(chaos.Procedure, cancellationToken) is null)
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        var undisturbed = await house.UndisturbedAsync(chaos.Procedure, cancellationToken);
        var strikes = chaos.Strikes(undisturbed.Transitions);
        var (problems, died) = await new ChaosRun(house, chaos.Procedure, strikes).PlayAsync(
            undisturbed.Facts,
            cancellationToken
        );
        done(
            new TortureLine(
                Trial.Chaos,
                chaos.Procedure.Id,
                topology,
                string.Join(", ", strikes),
                chaos.Seed,
                problems,
                died,
                watch.Elapsed.TotalSeconds,
                $"./glancy torture --seed {chaos.Seed}{options.Narrowed}"
            )
        );
    }

    private async Task AuditAsync(string procedure, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        IReadOnlyList<string> problems = [];
        try
        {
            await house.AssertAuditIntactAsync(cancellationToken);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            problems = [trouble.Message];
        }

        done(
            new TortureLine(
                Trial.Audit,
                procedure,
                topology,
                "the audit chain and its anchors",
                null,
                problems,
                "",
                watch.Elapsed.TotalSeconds,
                ""
            )
        );
    }

    private bool Late(double share = 1)
    {
        var late = elapsed() >= options.Bound * share;
        CutShort |= late;
        return late;
    }

    private bool TooLateToSweep() => Late(options.Seeds.Count > 0 ? SweepShare : 1);

    private string Repeat(ProcedureCase procedure, string which) =>
        $"./glancy torture --only {procedure.Id} --topology {TortureOptions.Word(replicas)}{which}";
}
