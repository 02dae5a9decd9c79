using Glancy.Ops.Roster;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;

namespace Glancy.Ops.Incidents;

/// <summary>A step of the chain and who is called by it.</summary>
/// <param name="Number">From 1.</param>
internal sealed record EscalationCall(int Number, IReadOnlyList<string> Roles, IReadOnlyList<Person> Persons);

/// <summary>What one turn of an incident's clock does.</summary>
/// <param name="ChainEnded">The last step had its time and nobody acknowledged; it begins again with the first.</param>
/// <param name="PassedOver">Steps that nobody holds, in order.</param>
/// <param name="Call">Null when nobody holds any step.</param>
/// <param name="Next">The step after it.</param>
/// <param name="DueAt">When that one is called.</param>
internal sealed record EscalationTurn(
    bool ChainEnded,
    IReadOnlyList<EscalationStep> PassedOver,
    EscalationCall? Call,
    int Next,
    DateTimeOffset DueAt
)
{
    /// <summary>Pure: the turn that is due.</summary>
    /// <param name="every">What each step has to acknowledge.</param>
    /// <param name="step">The step that is called now; behind the last one when the chain has ended.</param>
    /// <param name="due">When it was due. Time that was slept over is caught up step by step, but not over more than
    /// one way through the chain.</param>
    public static EscalationTurn Of(
        IReadOnlyList<EscalationStep> chain,
        TimeSpan every,
        int step,
        DateTimeOffset due,
        DateTimeOffset now,
        OnCall onCall
    )
    {
        var earliest = now - (every * (chain.Count - 1));
        var from = due > earliest ? due : earliest;
        var ended = step >= chain.Count;
        var at = ended ? 0 : step;
        var passed = new List<EscalationStep>();
        while (passed.Count < chain.Count)
        {
            var holders = chain[at]
                .Roles.SelectMany(role => onCall.Holders.GetValueOrDefault(role, []))
                .DistinctBy(p => p.Id)
                .ToList();
            if (holders.Count > 0)
            {
                return new EscalationTurn(
                    ended,
                    passed,
                    new EscalationCall(at + 1, chain[at].Roles, holders),
                    at + 1,
                    from + every
                );
            }

            passed.Add(chain[at]);
            ended |= at + 1 == chain.Count;
            at = (at + 1) % chain.Count;
        }

        return new EscalationTurn(ended, passed, null, 0, now + every);
    }
}
