using Glancy.Sandbox.Production;
using Npgsql;

namespace Glancy.Sandbox.Worlds;

/// <summary>
/// What had happened before the world starts: the batches, the samples, and the product's records of both.
/// </summary>
internal static class Past
{
    private const string ReleaseManager = "mei";
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(15);

    /// <summary>A batch that was promoted before the start.</summary>
    public sealed record Promotion(TimeSpan Before, string Batch, double Weight);

    public static IReadOnlyList<Promotion> Of(Beginning beginning) =>
        beginning switch
        {
            Beginning.Quiet => [],
            Beginning.BadRelease =>
            [
                new(TimeSpan.FromMinutes(85), "REL-B4", 50),
                new(TimeSpan.FromMinutes(20), "REL-B5", 100),
            ],
            _ => [new(TimeSpan.FromMinutes(85), "REL-B2", 5), new(TimeSpan.FromMinutes(20), "REL-B3", 15)],
        };

    /// <summary>What has been wrong with the newest batch for six minutes; null when it is well.</summary>
    public static string? FaultOf(Beginning beginning) =>
        beginning switch
        {
            Beginning.BadRelease => Faults.BadRelease,
            Beginning.Overload => Faults.Overload,
            _ => null,
        };

    /// <summary>A model that stands at the start, its samples not yet taken.</summary>
    public static ProductionModel Live(WorldOptions options)
    {
        var fine = options.Start - options.Past;
        var local = fine.ToOffset(Shanghai);
        var model = new ProductionModel(
            options.Seed,
            options.MonthBefore
                ? new DateTimeOffset(local.Year, local.Month, 1, 0, 0, 0, Shanghai).ToUniversalTime()
                : fine
        );
        while (model.At < fine)
        {
            model.Step(fine - model.At < Coarse ? fine - model.At : Coarse, name => name == "requests_total");
        }

        foreach (var promotion in Of(options.Beginning))
        {
            Until(options.Start - promotion.Before);
            model.Train = model.Train.Promoted(promotion.Batch, promotion.Weight, model.At);
        }

        if (FaultOf(options.Beginning) is { } fault)
        {
            Until(options.Start - TimeSpan.FromMinutes(6));
            model.Faults.Set(fault, 1);
        }

        Until(options.Start);
        return model;

        void Until(DateTimeOffset at)
        {
            while (model.At < at)
            {
                model.Step();
            }
        }
    }

    /// <summary>The rows that the promotions left in the product's database.</summary>
    public static async Task RecordAsync(string productOwner, WorldOptions options, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(productOwner);
        var weight = 0.0;
        foreach (var promotion in Of(options.Beginning))
        {
            var at = options.Start - promotion.Before;
            var command = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"releasectl stage promote --env prod --batch {promotion.Batch} --weight {promotion.Weight}"
            );
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(
                Row(
                    "insert into release_batches (batch, kind, weight, state, drafted_at, confirmed_at, finished_at, "
                        + "created_at) values ($1, 'promote', $2, 'done', $3, $3, $3, $3)",
                    promotion.Batch,
                    (decimal)promotion.Weight,
                    at
                )
            );
            batch.BatchCommands.Add(
                Row(
                    """
                    insert into audit_events (at, actor, action, target, "before", "after", command, source)
                    values ($1, $2, 'release.promote', $3, $4, $5, $6, 'releasectl')
                    """,
                    at,
                    ReleaseManager,
                    promotion.Batch,
                    $"{weight}%",
                    $"{promotion.Weight}%",
                    command
                )
            );
            await batch.ExecuteNonQueryAsync(cancellationToken);
            weight = promotion.Weight;
        }
    }

    private static NpgsqlBatchCommand Row(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(
            values
                .Select(v => new NpgsqlParameter { Value = v is DateTimeOffset at ? at.ToUniversalTime() : v })
                .ToArray()
        );
        return command;
    }
}
