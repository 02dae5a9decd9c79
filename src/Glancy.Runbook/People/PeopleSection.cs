using Glancy.Runbook.Differences;

namespace Glancy.Runbook.People;

/// <summary><c>people.yaml</c>: persons and their accounts.</summary>
internal sealed class PeopleSection : IRunbookSection
{
    public int Order => 90;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["people.yaml"] = References.Person };

    public IReadOnlyList<string> Codes { get; } = ["duplicate-name", "ambiguous-person", "ambiguous-role"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            People = PeopleFile.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        PeopleDiff.AddPeople(changes, before, after);
    }
}
