using Glancy.Runbook.Differences;

namespace Glancy.Runbook;

/// <summary>
/// One part of the runbook: what it reads, how two versions of it differ, and what may be wrong with it. A class that
/// implements this is found by itself; nothing else has to know of a new section but the content it fills.
/// </summary>
internal interface IRunbookSection
{
    /// <summary>Where it stands among the others: it refers to what was read before it. No two have the same.</summary>
    int Order { get; }

    /// <summary>Files and folders, and the kind of ids that each declares: unread, those ids are not known.</summary>
    IReadOnlyDictionary<string, string> Declares { get; }

    /// <summary>Problems that only this section finds.</summary>
    IReadOnlyList<string> Codes { get; }

    /// <summary>Reads its files into the content.</summary>
    /// <param name="content">What the sections before have filled.</param>
    RunbookContent Read(RunbookReading reading, RunbookContent content);

    /// <summary>Tells what differs (rule 12).</summary>
    void Differ(Changes changes, RunbookContent before, RunbookContent after);
}

/// <summary>The sections there are, in their order.</summary>
internal static class RunbookSections
{
    public static IReadOnlyList<IRunbookSection> All { get; } =
    [
        .. typeof(IRunbookSection)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IRunbookSection)))
            .Select(type => Activator.CreateInstance(type))
            .OfType<IRunbookSection>()
            .OrderBy(section => section.Order),
    ];
}
