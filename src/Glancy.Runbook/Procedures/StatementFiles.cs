using System.Text.RegularExpressions;

namespace Glancy.Runbook.Procedures;

/// <summary><c>statements/*.sql</c>: the SQL that procedures name, one statement per file.</summary>
internal static partial class StatementFiles
{
    private const string Folder = "statements";

    public static IReadOnlyDictionary<string, string> Read(RunbookReading reading)
    {
        var statements = new Dictionary<string, string>();
        foreach (var file in reading.Files(Folder, ".sql"))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            reading.Declare(References.Statement, id, file, 1);
            var text = reading.Use(file) ?? "";
            if (string.IsNullOrWhiteSpace(Bare(text)))
            {
                reading.Problem(file, 0, "empty-file");
            }

            statements[id] = text;
        }

        return statements;
    }

    /// <summary>The names of a statement's parameters: <c>@batch</c>.</summary>
    public static IReadOnlyList<string> Parameters(string sql) =>
        [.. Parameter().Matches(Bare(sql)).Select(m => m.Groups[1].Value).Distinct()];

    // Without comments and quoted text, in which an @ is no parameter.
    private static string Bare(string sql) => Quiet().Replace(sql, " ");

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", RegexOptions.Singleline)]
    private static partial Regex Quiet();

    [GeneratedRegex(@"(?<![@\w])@([a-z_][a-z0-9_]*)")]
    private static partial Regex Parameter();
}
