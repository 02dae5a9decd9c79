namespace Glancy.Ops.Connectors.Bastion;

/// <summary>The end of what a command has printed.</summary>
internal static class BastionTail
{
    private const int Kept = 2000;

    /// <summary>
    /// The last 2,000 bytes in whole lines: of a line that is cut nobody could tell what to mask in it. Null when there
    /// is nothing or it cannot be read.
    /// </summary>
    /// <param name="size">Bytes printed so far.</param>
    public static async Task<string?> TailAsync(
        this IBastion bastion,
        string key,
        long size,
        CancellationToken cancellationToken
    )
    {
        var from = Math.Max(0, size - Kept);
        if (await bastion.OutputAsync(key, from, cancellationToken) is not BastionOutput.Piece piece)
        {
            return null;
        }

        // A first line without an end is all there is of it.
        var text = from == 0 ? piece.Text : piece.Text[(piece.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        return text.TrimEnd() is { Length: > 0 } whole ? whole : null;
    }
}
