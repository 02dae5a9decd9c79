using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Masking;

/// <summary><c>masking.yaml</c> and <c>secrets.yaml</c>: what text from outside must not show.</summary>
internal sealed class MaskingSection : IRunbookSection
{
    public int Order => 80;

    public IReadOnlyDictionary<string, string> Declares { get; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Codes { get; } =
    ["bad-pattern", "pattern-matches-nothing", "sample-not-masked", "sample-not-kept"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Masking = MaskingFile.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        MaskingDiff.Add(changes, before.Masking, after.Masking);
    }
}
