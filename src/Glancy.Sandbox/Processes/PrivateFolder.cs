namespace Glancy.Sandbox.Processes;

/// <summary>Folders that only we can list; services under other accounts may pass through to their own.</summary>
public static class PrivateFolder
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Mode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string Create(string path) => Directory.CreateDirectory(path, Mode).FullName;

    public static string CreatePassable(string path) => Directory.CreateDirectory(path, Passable).FullName;

    /// <summary>A new folder under the system's temporary one; its path is short enough for sockets inside.</summary>
    public static string CreateTemporary(string prefix) =>
        CreatePassable(Path.Combine(Path.GetTempPath(), $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}"));

    public static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
