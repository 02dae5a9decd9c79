using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Yaml;

/// <summary><c>source.yaml</c>: the written runbook that the data implements.</summary>
internal sealed class SourceSection : IRunbookSection
{
    public int Order => 10;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["source.yaml"] = References.Section };

    public IReadOnlyList<string> Codes { get; } = [];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Source = SourceFile.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        changes.Plain("source/title", before.Source.Title, after.Source.Title);
        changes.Plain("source/sha256", before.Source.Sha256, after.Source.Sha256);
        changes.Plain("source/date", before.Source.Date, after.Source.Date);
        changes.Set(
            "source/sections",
            before.Source.Sections,
            after.Source.Sections,
            gainIsLooser: false,
            lossIsLooser: false
        );
    }
}
