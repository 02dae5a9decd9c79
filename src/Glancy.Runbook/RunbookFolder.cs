using System.Security.Cryptography;
using System.Text;

namespace Glancy.Runbook;

/// <summary>
/// The files of a runbook folder by relative path, and their version. Notes for people (<c>*.md</c>) and hidden or
/// backup files are not part of the runbook.
/// </summary>
public sealed record RunbookFolder(
    IReadOnlyDictionary<string, string> Files,
    string Version,
    IReadOnlyList<RunbookProblem> Problems
)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static RunbookFolder Read(string directory)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<RunbookProblem>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Paths(directory, problems))
        {
            try
            {
                var bytes = File.ReadAllBytes(Path.Combine(directory, file));
                Append(hash, file, bytes);
                files[file] = Utf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                problems.Add(new RunbookProblem(file, 0, "not-utf8"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new RunbookProblem(file, 0, "unreadable-file", e.Message));
            }
        }

        return new RunbookFolder(files, VersionOf(hash), problems);
    }

    /// <summary>
    /// The same for files that were read before and are kept elsewhere; the version comes out as it was.
    /// </summary>
    public static RunbookFolder Of(IReadOnlyDictionary<string, string> kept)
    {
        var files = new SortedDictionary<string, string>(kept.ToDictionary(), StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, text) in files)
        {
            Append(hash, file, Utf8.GetBytes(text));
        }

        return new RunbookFolder(files, VersionOf(hash), []);
    }

    private static void Append(IncrementalHash hash, string file, byte[] bytes)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n{bytes.Length}\n"));
        hash.AppendData(bytes);
    }

    private static string VersionOf(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset())[..12];

    private static IReadOnlyList<string> Paths(string directory, List<RunbookProblem> problems)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(directory, f).Replace(Path.DirectorySeparatorChar, '/'))
                    .Where(f =>
                        !f.Split('/').Any(part => part.StartsWith('.') || part.EndsWith('~'))
                        && !f.EndsWith(".md", StringComparison.Ordinal)
                    )
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            problems.Add(new RunbookProblem("", 0, "missing-folder", directory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new RunbookProblem("", 0, "unreadable-file", e.Message));
        }

        return [];
    }
}
