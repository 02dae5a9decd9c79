using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Glancy.Bench;

/// <summary>The table in <c>docs/performance.md</c>, made of what a run saw.</summary>
internal static class Table
{
    private const string Begin = "<!-- ./glancy bench --table -->";
    private const string End = "<!-- end -->";
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Docs(string root) => Path.Combine(root, "docs", "performance.md");

    public static string Folder(string root) => Path.Combine(root, "bench", "results");

    /// <summary>The newest there is; their names begin with the time.</summary>
    public static string Newest(string root) =>
        Directory.GetFiles(Folder(root), "2*.json").Order(StringComparer.Ordinal).Last();

    public static Results Read(string file) =>
        JsonSerializer.Deserialize<Results>(File.ReadAllText(file), Readable)
        ?? throw new InvalidDataException($"{file} holds nothing.");

    /// <summary>Keeps what a run saw. The file.</summary>
    public static string Write(string root, Results results)
    {
        Directory.CreateDirectory(Folder(root));
        var name = results.At.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + ".json";
        var file = Path.Combine(Folder(root), name);
        File.WriteAllText(file, JsonSerializer.Serialize(results, Readable) + "\n");
        return file;
    }

    /// <summary>The page with the table in place of the one that stands there.</summary>
    /// <exception cref="InvalidDataException">The page has no place for it.</exception>
    public static string Put(string page, Results results)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? page[..(begin + Begin.Length)] + "\n" + Of(results) + page[end..]
            : throw new InvalidDataException($"The page has no {Begin} and {End}.");
    }

    public static string Figure(double value, string unit) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Round(value, value < 10 ? 2 : value < 100 ? 1 : 0):0.##}{(unit is "x" or "" ? "" : " ")}{unit}"
        );

    private static string Of(Results results)
    {
        var table = new StringBuilder("| what | must | aim | seen | beside |\n|---|---|---|---|---|\n");
        foreach (var line in results.Lines)
        {
            var bound = line.Atmost ? "<=" : ">=";
            var seen = Figure(line.Value, line.Unit);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {line.What} | {bound} {Figure(line.Must, line.Unit)} | {bound} {Figure(line.Aim, line.Unit)} "
            );
            table.Append(CultureInfo.InvariantCulture, $"| {(line.Good ? seen : $"**{seen}**")} | {line.Beside} |\n");
        }

        return table
            .Append(
                CultureInfo.InvariantCulture,
                $"\nOne run on {results.Processors} cores, {results.At.UtcDateTime:yyyy-MM-dd}.\n"
            )
            .ToString();
    }
}
