using System.Data.Common;
using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Ops;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Masking;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Commands.Masking;

/// <summary>What somebody asked to see, and may.</summary>
/// <param name="Rules">Ids of rules whose values are shown; empty when none are.</param>
/// <param name="Refusal">Why nothing is revealed although it was asked for.</param>
public sealed record Revealed(IReadOnlySet<string> Rules, string? Role, Refusal? Refusal)
{
    public static Revealed Nothing { get; } = new(new HashSet<string>(), null, null);
}

/// <summary>Masks by the runbook in force, decides who may see more, and puts on record what was seen.</summary>
public sealed class Revealing(
    RunbookHolder runbook,
    DutyRoster roster,
    AuditLog audit,
    TimeProvider clock,
    IOptions<GlancyOptions> options
)
{
    /// <summary>Masks with the rules in force.</summary>
    public Masker Masker()
    {
        var content = runbook.Current;
        return new Masker(
            content.Masking,
            options.Value.MaskingKey is { Length: > 0 } key ? System.Text.Encoding.UTF8.GetBytes(key) : null,
            content.People.Values.Select(p => p.Phone).OfType<string>().ToHashSet(StringComparer.Ordinal)
        );
    }

    /// <summary>
    /// What the asker may see with <c>--reveal</c>: the rules of which one of their roles is named, on duty now.
    /// </summary>
    /// <param name="home">The answer does not leave the operations host.</param>
    public async Task<Revealed> MayAsync(Caller caller, bool home, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!home)
        {
            return Revealed.Nothing with { Refusal = new Refusal("reveal-only-at-home", "§2.4") };
        }

        if (caller.Person is not { } person)
        {
            return Revealed.Nothing with { Refusal = new Refusal("unknown-person", "§1.1", caller.Login) };
        }

        var content = runbook.Current;
        OnCall onCall;
        try
        {
            onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        }
        catch (DbException)
        {
            // Who is on duty is not known, so nobody may.
            return Revealed.Nothing with { Refusal = new Refusal("unreachable-database", "") };
        }

        string? RoleFor(IReadOnlyList<string> wanted) => Duties.RoleFor(person, wanted, onCall, content.Roles);
        var rules = content.Masking.Where(r => r.Reveal.Count > 0 && RoleFor(r.Reveal) is not null).ToList();
        if (rules.Count > 0)
        {
            return new Revealed(
                rules.Select(r => r.Id).ToHashSet(StringComparer.Ordinal),
                RoleFor(rules[0].Reveal),
                null
            );
        }

        var roles = content.Masking.SelectMany(r => r.Reveal).Distinct(StringComparer.Ordinal).ToList();
        var holders = onCall
            .Holders.Where(h => roles.Contains(h.Key))
            .SelectMany(h => h.Value)
            .Select(p => p.Id)
            .Distinct(StringComparer.Ordinal);
        return Revealed.Nothing with
        {
            Refusal = new Refusal(
                "reveal-not-allowed",
                "§2.4",
                person.Id,
                string.Join(",", roles),
                string.Join(",", holders)
            ),
        };
    }

    /// <summary>
    /// Puts on record what is about to be seen: the line and how many values of which rule, never a value.
    /// </summary>
    /// <returns>False when it could not be recorded, and so must not be shown.</returns>
    public async Task<bool> RecordAsync(
        Caller caller,
        string? role,
        string command,
        IReadOnlyDictionary<string, int> shown,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(shown);
        try
        {
            var entry = new AuditEntry(caller.Person?.Id ?? caller.Login, "reveal", "masking")
            {
                Role = role,
                After =
                    shown.Count == 0
                        ? null
                        : string.Join(
                            ", ",
                            shown.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value}"))
                        ),
                Command = command,
                Detail = shown.ToDictionary(s => s.Key, s => s.Value.ToString(CultureInfo.InvariantCulture)),
            };
            await audit.AppendAsync(entry, cancellationToken);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
