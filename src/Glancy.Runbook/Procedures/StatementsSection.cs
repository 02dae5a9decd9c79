using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Procedures;

/// <summary><c>statements/*.sql</c>: what procedures run on the product's database.</summary>
internal sealed class StatementsSection : IRunbookSection
{
    public int Order => 150;

    public IReadOnlyDictionary<string, string> Declares { get; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Codes { get; } = [];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Statements = StatementFiles.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        changes.Entries(
            "statements",
            before.Statements,
            after.Statements,
            s => s.Key,
            _ => false,
            _ => false,
            (where, old, now) => changes.Altered(where, old.Value, now.Value)
        );
    }
}
