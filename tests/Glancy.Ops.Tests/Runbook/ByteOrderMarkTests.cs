namespace Glancy.Ops.Tests.Runbook;

/// <summary>
/// Windows' editors write a mark at the beginning of a file; whatever kind of file it is, it says what it says without.
/// </summary>
public sealed class ByteOrderMarkTests
{
    [Theory]
    [InlineData("people.yaml")]
    [InlineData("roster.yaml")]
    [InlineData("roster/days-2025.yaml")]
    [InlineData("hooks/hk-03.yaml")]
    [InlineData("procedures/rollback.yaml")]
    public void A_file_with_the_mark_is_read_as_without(string file) => Same([file]);

    [Fact]
    public void So_is_every_file_at_once() =>
        Same([
            .. Directory
                .EnumerateFiles(RunbookFolders.Shipped, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(RunbookFolders.Shipped, f)),
        ]);

    private static void Same(IReadOnlyList<string> files)
    {
        using var copy = new RunbookCopy();
        foreach (var file in files)
        {
            File.WriteAllText(copy.PathOf(file), "\uFEFF" + File.ReadAllText(copy.PathOf(file)));
        }

        var (loaded, plain) = (copy.Load(), RunbookFolders.Load());

        Assert.Empty(loaded.Problems.Select(RunbookFolders.Written));
        Assert.NotNull(loaded.Content);
        Assert.Equal(plain.People.Values, loaded.Content.People.Values);
        Assert.Equal(plain.Statements, loaded.Content.Statements);
        Assert.Equal(
            plain.Hooks.SelectMany(h => h.Measures).Select(m => m.Query),
            loaded.Content.Hooks.SelectMany(h => h.Measures).Select(m => m.Query)
        );
    }
}
