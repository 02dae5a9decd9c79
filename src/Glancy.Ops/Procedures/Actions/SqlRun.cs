using System.Globalization;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// <c>sql.run</c>: a statement of the runbook on the product's database, once per key, on a bounded number of rows.
/// </summary>
internal sealed class SqlRun(ProductDatabase product) : IAction<SqlRun>
{
    // Whoever changes nothing has not done it.
    private const string AtLeast = "1";

    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(1);

    /// <summary>
    /// <c>statement</c> is a .sql file under <c>runbook/statements/</c>; <c>min_rows</c> is 1 where it is not given.
    /// </summary>
    public static ActionSpec Spec { get; } =
        new(
            "sql.run",
            EffectClass.Keyed,
            [
                new("statement", true, References.Statement),
                new("params", false, IsList: true),
                new("min_rows", false),
                new("max_rows", true),
            ]
        )
        {
            Aside = true,
            RecordsItself = true,
            Check = static check =>
            {
                if (check.Statement(check["statement"]) is { } statement)
                {
                    check.Pairs("statement", check["statement"], statement, Placeholders.BuiltIn);
                    check.WholeNumber("min_rows");
                    check.WholeNumber("max_rows");
                }
            },
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        return StepIntent.Nothing($"psql product -f runbook/statements/{arguments["statement"]}.sql");
    }

    public async Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        var arguments = execution.Arguments;
        var name = arguments["statement"];
        var values = arguments.Pairs("params").ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        values["at"] = execution.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var audit = new ProductAuditRow
        {
            Key = execution.Key,
            At = execution.StartedAt,
            Actor = execution.Run.Owner,
            Action = Spec.Kind,
            Target = name,
            Before = null,
            After = null,
            Command = $"runbook/statements/{name}.sql",
            Run = execution.Run.Name,
            Incident = null,
        };
        var bounds = new RowBounds(
            Number(arguments["min_rows"] is { Length: > 0 } fewest ? fewest : AtLeast),
            Number(arguments["max_rows"])
        );
        var outcome = await product.ApplyAsync(
            execution.Key,
            execution.Run.Name,
            execution.Fence,
            execution.Epoch,
            execution.Runbook.Statements[name],
            values,
            bounds,
            audit,
            cancellationToken
        );
        var none = new Dictionary<string, string>();
        return outcome switch
        {
            SqlOutcome.Applied applied => new StepResult.Done(
                new Dictionary<string, string>
                {
                    ["rows"] = applied.Replayed ? "committed earlier" : Text(applied.Rows),
                }
            ),
            SqlOutcome.OtherRows other => new StepResult.Failed(
                new Refusal(
                    "sql-rows",
                    "§2.3",
                    name,
                    Text(other.Rows),
                    bounds.Fewest == bounds.Most ? Text(bounds.Most) : $"{Text(bounds.Fewest)}-{Text(bounds.Most)}"
                ),
                none
            ),
            SqlOutcome.Failed failed => new StepResult.Failed(
                new Refusal("sql-failed", "§2.3", name, failed.SqlState, failed.Message),
                none
            ),
            SqlOutcome.Older => new StepResult.Unknown(new Refusal("script-unknown", "§2.3", name, "older"), none),
            SqlOutcome.StaleEpoch => throw new ClaimLostException(execution.Run.Id, execution.Epoch),
            _ => new StepResult.StillRunning(AfterOutage, none),
        };
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
