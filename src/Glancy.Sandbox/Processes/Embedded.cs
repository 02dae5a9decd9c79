namespace Glancy.Sandbox.Processes;

/// <summary>Texts that travel inside the program.</summary>
internal static class Embedded
{
    public static string Text(string name)
    {
        using var stream =
            typeof(Embedded).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded text {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
