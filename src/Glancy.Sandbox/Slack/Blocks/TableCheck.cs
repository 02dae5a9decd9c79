using System.Globalization;
using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>Slack's limits of a table.</summary>
internal static class TableCheck
{
    public static void Look(JsonElement table, string at, Findings found)
    {
        foreach (var (row, where) in found.List(table, "rows", at, 100))
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() is 0 or > 20)
            {
                found.Add(where, "must be 1 to 20 cells");
                continue;
            }

            var number = 0;
            foreach (var cell in row.EnumerateArray())
            {
                Cell(cell, string.Create(CultureInfo.InvariantCulture, $"{where}/{number++}"), found);
            }
        }

        found.List(table, "column_settings", at, 20, required: false);
    }

    /// <summary>Of all cells that are plain text.</summary>
    public static int Characters(JsonElement table) =>
        table
            .Items("rows")
            .Where(row => row.ValueKind == JsonValueKind.Array)
            .SelectMany(row => row.EnumerateArray())
            .Sum(cell => Findings.Length(cell.Text("text") ?? ""));

    private static void Cell(JsonElement cell, string at, Findings found)
    {
        switch (cell.Text("type"))
        {
            case "raw_text":
                found.Text(cell, "text", at, int.MaxValue - 1, required: true);
                break;
            case "rich_text":
                break;
            case var other:
                found.Add(at + "/type", $"unsupported type: {other ?? "none"}");
                break;
        }
    }
}
