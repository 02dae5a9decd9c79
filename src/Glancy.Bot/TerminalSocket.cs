using System.Net.Sockets;

namespace Glancy.Bot;

/// <summary>
/// The file of the local socket: looked at before it is listened on, and opened to every account afterwards.
/// </summary>
internal static class TerminalSocket
{
    private const string Setting = "Glancy__Socket";

    // struct sockaddr_un holds 108 bytes, the last of them a zero.
    private const int LongestPath = 107;

    // Each person has an account of their own, and connecting takes the right to write. Who it is says the kernel, and
    // what they may do the runbook.
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    /// <summary>
    /// Removes what a killed process left there. What keeps us from listening, as one line; null when nothing does.
    /// </summary>
    public static string? Prepare(string path)
    {
        if (!Path.IsPathRooted(path) || System.Text.Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            return $"{Setting}={path}: must be an absolute path of at most {LongestPath} bytes";
        }

        var folder = Path.GetDirectoryName(path) ?? "/";
        if (!Directory.Exists(folder))
        {
            return $"{Setting}={path}: the folder {folder} does not exist; create it or set another path";
        }

        if (Directory.Exists(path))
        {
            return $"{Setting}={path}: is a folder; name a file in it";
        }

        if (SomebodyListens(path))
        {
            return $"{Setting}={path}: another process listens there; each replica needs a socket of its own";
        }

        try
        {
            File.Delete(path);
            // Listening makes the file; better to hear now that it cannot be made.
            File.Create(path, 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{Setting}={path}: {refused.Message}";
        }
    }

    /// <summary>Lets every account of the host connect.</summary>
    public static void Open(string path) => File.SetUnixFileMode(path, Everybody);

    private static bool SomebodyListens(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
