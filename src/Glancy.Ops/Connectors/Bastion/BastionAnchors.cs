using System.Globalization;
using Glancy.Ops.Kernel.Audit;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>
/// Audit heads as the bastion's agent keeps them: one with each effect, out of the database's reach (rule 11).
/// </summary>
internal sealed class BastionAnchors(IBastion bastion) : IAuditAnchors
{
    public async Task<IReadOnlyList<AuditHead>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await bastion.AnchorsAsync(cancellationToken) is not BastionReading.Read { Succeeded: true } read)
        {
            return null;
        }

        var heads = new List<AuditHead>();
        foreach (var line in read.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            if (
                parts.Length < 2
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            )
            {
                // Half an answer must not pass for one.
                return null;
            }

            heads.Add(new AuditHead(seq, parts[1]));
        }

        return heads;
    }
}
