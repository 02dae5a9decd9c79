namespace Glancy.Runbook.Procedures;

/// <summary>
/// What people say by the runbook that the product is shipped with: for help where no runbook is in force and no
/// replica answers.
/// </summary>
public static class ShippedVerbs
{
    public static (IReadOnlyList<Verb> Verbs, IReadOnlyDictionary<string, Procedure> Procedures) Read()
    {
        var files = typeof(ShippedVerbs)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".yaml", StringComparison.Ordinal))
            .ToDictionary(name => name, Text, StringComparer.Ordinal);
        var reading = new RunbookReading(files);
        var verbs = new VerbFields(reading, ReservedVerbs.None);
        verbs.ReadShared();

        // Only what is said matters here: what steps refer to lies in other files, and was checked when the product was
        // built.
        var nothing = new ProcedureSurroundings(
            new ActionKinds([]),
            new ArgumentSources([]),
            new Dictionary<string, CommandTemplate>(),
            new Dictionary<string, Flags.Flag>(),
            new Dictionary<string, string>()
        );
        var procedures = ProcedureFiles.Read(reading, nothing, verbs);
        return (verbs.All, procedures);
    }

    private static string Text(string name)
    {
        using var stream = typeof(ShippedVerbs).Assembly.GetManifestResourceStream(name) ?? Stream.Null;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();

        // Help has to be quick, and steps say nothing about what is typed.
        var steps = text.IndexOf("\nsteps:", StringComparison.Ordinal);
        return steps < 0 ? text : text[..(steps + 1)];
    }
}
