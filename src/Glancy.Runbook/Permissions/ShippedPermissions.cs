namespace Glancy.Runbook.Permissions;

/// <summary>
/// The permissions this build was shipped with. Whoever asks for help where no runbook is in force, in an outage, is
/// told these; nothing is decided by them.
/// </summary>
public static class ShippedPermissions
{
    public static IReadOnlyDictionary<string, PermissionTerms> Read()
    {
        using var stream =
            typeof(ShippedPermissions).Assembly.GetManifestResourceStream(PermissionsFile.Name)
            ?? throw new InvalidOperationException($"{PermissionsFile.Name} is not in the assembly.");
        using var reader = new StreamReader(stream);

        // What it refers to is checked with the rest of the runbook when that is loaded.
        var files = new Dictionary<string, string> { [PermissionsFile.Name] = reader.ReadToEnd() };
        return PermissionsFile.Read(new RunbookReading(files));
    }
}
