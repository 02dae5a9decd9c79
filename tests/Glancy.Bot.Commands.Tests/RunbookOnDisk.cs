using System.Runtime.CompilerServices;
using Glancy.Bot.Commands.Words;
using Glancy.Ops;
using Glancy.Ops.Runbook;
using Glancy.Runbook;

namespace Glancy.Bot.Commands.Tests;

/// <summary>The runbook as shipped, and names from it.</summary>
public static class RunbookOnDisk
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Find();

    public static RunbookLoader Loader { get; } = OpsServices.FilesAlone();

    public static RunbookContent Content { get; } =
        Loader.Load(Path.Combine(Root, "runbook")).Content
        ?? throw new InvalidOperationException("The shipped runbook has problems.");

    public static RunbookHolder Holder { get; } = new("", Content);

    public static Names In(Phrasebook words) => new(words, Content);

    private static string Find([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "", "..", ".."));
}
