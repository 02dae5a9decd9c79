using System.Text.Json.Serialization;

namespace Glancy.Slack.Blocks;

/// <summary>A table; the first row is its head. Cells are raw text: nothing in them is mark-up.</summary>
internal sealed record TableBlock(
    IReadOnlyList<IReadOnlyList<TableCell>> Rows,
    IReadOnlyList<ColumnSetting>? ColumnSettings = null,
    string? BlockId = null
) : Block(BlockId)
{
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; } =
    [
        .. Limits
            .Items(Rows, Limits.TableRows, "table.rows")
            .Select(row => Limits.Items(row, Limits.TableColumns, "table.columns")),
    ];

    /// <summary>Of all cells together; all tables of a message share one sum.</summary>
    internal int Characters => Rows.Sum(row => row.Sum(cell => Limits.Length(cell.Text)));

    internal override IEnumerable<string> Lines(string? typed) => BlockWords.Table(Rows);

    public IReadOnlyList<ColumnSetting>? ColumnSettings { get; } =
        Limits.Items(ColumnSettings, Limits.TableColumns, "table.column_settings");
}

/// <summary>A cell of raw text.</summary>
/// <remarks>Not sealed, for the reason <see cref="PlainText"/> is not.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TableCell), "raw_text")]
internal record TableCell(string Text)
{
    public string Text { get; } = Limits.Text(Text, Limits.SectionText, "table.cell");
}

/// <param name="Align"><c>left</c>, <c>center</c> or <c>right</c>.</param>
internal sealed record ColumnSetting(string? Align = null, bool? IsWrapped = null);
