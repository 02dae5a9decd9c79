using System.Security.Cryptography;
using System.Text;

namespace Glancy.Ops.Runbook;

/// <summary>
/// The files of a runbook folder by relative path, and their version. Notes for people (<c>*.md</c>) and hidden or backup
/// files are not part of the runbook.
/// </summary>
internal sealed record RunbookFolder(IReadOnlyDictionary<string, string> Files, string Version, IReadOnlyList<RunbookProblem> Problems)
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
                hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n{bytes.Length}\n"));
                hash.AppendData(bytes);
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

        return new RunbookFolder(files, Convert.ToHexStringLower(hash.GetHashAndReset())[..12], problems);
    }

    private static IReadOnlyList<string> Paths(string directory, List<RunbookProblem> problems)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(directory, f).Replace(Path.DirectorySeparatorChar, '/'))
                    .Where(f => !f.Split('/').Any(part => part.StartsWith('.') || part.EndsWith('~')) && !f.EndsWith(".md", StringComparison.Ordinal))
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
