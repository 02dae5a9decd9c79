using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// Everything a run has left behind, wherever it did: the bot's rows, the product's rows, the bastion's keys, the
/// production. One line per fact, repeated as often as it is there, without the run's number: a run that was killed
/// must leave the same lines as one that was not.
/// </summary>
public sealed partial record RunFacts(IReadOnlyList<string> Lines)
{
    // What only tells of waiting: how often a run looks again depends on when its world moves.
    private const string BotSql = """
        select 'run ' || state || coalesce(' ' || pause, '')
               || case when superseded_by is null then '' else ' superseded' end from glancy.run where id = @id
        union all select 'step ' || id || ' ' || state || ' attempt ' || attempt from glancy.run_step where run_id = @id
        union all select 'history ' || kind || coalesce(' ' || step, '')
          from glancy.run_event where run_id = @id and kind not in ('step-looked', 'step-waiting', 'run-waits')
        union all select 'notice ' || key || ' ' || kind || ' ' || template
               || coalesce(' ' || (arguments ->> 'state'), '')
          from glancy.notice where run_id = @id and kind <> 'output'
        union all select 'audit ' || (document ->> 'action') || ' ' || coalesce(document ->> 'target', '')
          from glancy.audit where document ->> 'run' = @name
        union all select 'lock key ' || key from glancy.lock_key
        union all select 'freeze ' || train || ' by ' || by || ' run ' || coalesce(run_id::text, 'none')
          from glancy.freeze
        union all select 'lease ' || target || ' ' || prior || ' to ' || value
               || case when run_id = @id then '' else ' of an earlier run' end
               || ' by ' || owner || ' affects ' || array_to_string(affects, ',')
               || ' recovers ' || array_to_string(recovers, ',')
               || coalesce(' ' || ended_how || ' by ' || ended_by, ' stands')
               || case when ended_run = @id then ' run #' else '' end
          from glancy.lease where run_id = @id or ended_run = @id or released_at is null
        """;

    private const string ProductSql = """
        select 'batch row ' || kind || ' ' || batch || ' ' || weight || ' ' || state
          from release_batches where run = @name
        union all select 'product audit of ' || source || ': ' || coalesce(action, '') || ' ' || coalesce(target, '')
               || case when "before" is not distinct from "after" then ' unchanged'
                    else ' ' || coalesce("before", '-') || ' to ' || coalesce("after", '-') end
               || coalesce(' key ' || event_key, '') from audit_events where id > @mark
        union all select 'marker ' || key from glancy_effect_marker where run = @name
        """;

    /// <summary>Reads them as they are now.</summary>
    /// <param name="mark">The newest row of the product's audit before the run was drafted.</param>
    public static async Task<RunFacts> ReadAsync(
        World world,
        NpgsqlDataSource bot,
        NpgsqlDataSource product,
        long run,
        long mark,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(world);
        var name = string.Create(CultureInfo.InvariantCulture, $"R-{run}");
        var lines = await LinesAsync(bot, BotSql, [("id", run), ("name", name)], cancellationToken);
        lines.AddRange(await LinesAsync(product, ProductSql, [("name", name), ("mark", mark)], cancellationToken));
        lines.AddRange(
            world.Effects.All.Select(e =>
                $"effect {e.Command} {e.Arguments} key {e.Key} {e.State}{(e.Changed ? " changed" : "")}"
            )
        );
        lines.Add(
            world.Look(m =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"train {m.Train.Batch} {m.Train.State} at {m.Train.Weight}%"
                )
            )
        );
        lines.AddRange(world.Look(m => m.Flags.Matching("*").Select(f => $"flag {f.Key}={f.Value}").ToList()));
        var state = Path.Combine(world.Bastion.Folder, "state");
        lines.AddRange(
            Directory
                .EnumerateDirectories(Path.Combine(state, "keys"), $"{name}@*")
                .Select(d => $"bastion key {Path.GetFileName(d)}")
        );
        var anchors = await File.ReadAllLinesAsync(Path.Combine(state, "anchors"), cancellationToken);
        lines.AddRange(
            anchors
                .Select(a => a.Split(' ')[2])
                .Where(key => key.StartsWith(name + "/", StringComparison.Ordinal))
                .Select(key => $"anchor with {key}")
        );
        return new RunFacts([.. lines.Select(line => WithoutNumbers(line, run)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>
    /// What is there more (+) or less (-) often than in <paramref name="expected"/>; empty when nothing.
    /// </summary>
    public IReadOnlyList<string> DifferencesFrom(RunFacts expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var counts = Lines.CountBy(line => line).ToDictionary();
        var wanted = expected.Lines.CountBy(line => line).ToDictionary();
        return
        [
            .. from line in counts.Keys.Union(wanted.Keys).Order(StringComparer.Ordinal)
            let more = counts.GetValueOrDefault(line) - wanted.GetValueOrDefault(line)
            where more != 0
            select string.Create(CultureInfo.InvariantCulture, $"{(more > 0 ? "+" : "-")}{Math.Abs(more)} {line}"),
        ];
    }

    /// <summary>How many facts begin so.</summary>
    public int Count(string beginning) => Lines.Count(line => line.StartsWith(beginning, StringComparison.Ordinal));

    private static string WithoutNumbers(string line, long run)
    {
        var number = run.ToString(CultureInfo.InvariantCulture);
        line = Regex.Replace(line, $@"\bR-{number}\b", "R-#");
        line = Regex.Replace(line, $@"\brun(:| ){number}\b", "run$1#");
        line = LifeOfKey().Replace(line, "$1");
        line = LeaseName().Replace(line, "L-#");
        return SnapshotName().Replace(line, "cfg-#");
    }

    private static async Task<List<string>> LinesAsync(
        NpgsqlDataSource source,
        string sql,
        IEnumerable<(string Name, object Value)> values,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(sql);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    [GeneratedRegex(@"cfg-\d{8}-\d{6}(-\d+)?")]
    private static partial Regex SnapshotName();

    // The same in all runs of a world, another in the next: what is compared is the name.
    [GeneratedRegex(@"([/@]\d+)\.[0-9a-f]{8}\b")]
    private static partial Regex LifeOfKey();

    [GeneratedRegex(@"\bL-\d+\b")]
    private static partial Regex LeaseName();
}
