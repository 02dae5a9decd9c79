using Glancy.Ops.Connectors.Product;
using Glancy.Runbook.Slo;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Glancy.Ops.Slo;

/// <summary>Reads the product's <c>slo_error_budget</c> (§7.3).</summary>
public sealed partial class BudgetTable(ProductDatabase product, ILogger<BudgetTable> logger)
{
    /// <summary>
    /// Real time within which the answer has come or is unknown; as long as a query of Prometheus may take.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The day's consumption by metric. Outside trouble makes every metric unknown.</summary>
    /// <param name="at">Stands for the statement's <c>now()</c>.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<BudgetReading>> ReadAsync(
        DayBudget day,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(day);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            // Opening a connection heeds its own deadline only in part; nobody waits longer than ours.
            var rows = await product
                .SelectAsync<Row>(WithInstant(day.Statement), new { now = at.ToUniversalTime() }, deadline.Token)
                .WaitAsync(deadline.Token);
            return SloJudge.Day(
                day,
                [.. rows.Select(r => new BudgetRow(r.Metric, (double)r.Minutes, r.Rows, r.Newest))],
                at
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SloJudge.Unknown(day, BudgetUnknown.Timeout);
        }
        catch (PostgresException refused)
            when (!refused.IsTransient
                && !refused.SqlState.StartsWith("57", StringComparison.Ordinal)
                && !refused.SqlState.StartsWith("28", StringComparison.Ordinal)
            )
        {
            LogRefused(refused.SqlState, refused.MessageText);
            return SloJudge.Unknown(day, BudgetUnknown.BadAnswer);
        }
        catch (NpgsqlException lost) when (lost.InnerException is TimeoutException)
        {
            return SloJudge.Unknown(day, BudgetUnknown.Timeout);
        }
        catch (Exception lost)
            when (lost is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            return SloJudge.Unknown(day, BudgetUnknown.Unreachable);
        }
        catch (Exception odd)
            when (odd is InvalidCastException or OverflowException or System.Data.DataException or FormatException)
        {
            LogRefused("columns", odd.Message);
            return SloJudge.Unknown(day, BudgetUnknown.BadAnswer);
        }
    }

    /// <summary>The statement as it is asked: the bot's clock decides, not the database's.</summary>
    public static string WithInstant(string statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.Replace("now()", "@now", StringComparison.Ordinal);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The error budget cannot be read: {Code} {Reason}")]
    private partial void LogRefused(string code, string reason);

    private sealed record Row
    {
        public string Metric { get; init; } = "";

        public decimal Minutes { get; init; }

        public long Rows { get; init; }

        public DateTimeOffset Newest { get; init; }
    }
}
