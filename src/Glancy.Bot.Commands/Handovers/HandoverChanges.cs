using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>What a shift has changed: one handover compared with the one before.</summary>
internal static class HandoverChanges
{
    /// <summary>A sentence each; empty when nothing is different.</summary>
    public static IReadOnlyList<Text> Between(HandoverFacts before, HandoverFacts after, Names names)
    {
        var words = names.Words;
        var changes = new List<Text>();
        if (
            before.Release is { } was
            && after.Release is { } now
            && (was.Batch != now.Batch || was.Weight != now.Weight)
        )
        {
            changes.Add(words.Say("handover.change.batch", Train(was, words), Train(now, words)));
        }

        changes.AddRange(
            from hook in after.Hooks
            join old in before.Hooks on hook.Hook equals old.Hook
            where hook.Light != old.Light
            select words.Say(
                "handover.change.hook",
                hook.Hook,
                LightWords.Of(old.Light, words),
                LightWords.Of(hook.Light, words)
            )
        );
        Compare(
            "incident",
            before.Incidents.Select(i => (i.Incident, (Text)i.Incident)),
            after.Incidents.Select(i => (i.Incident, (Text)i.Incident))
        );
        Compare(
            "switch",
            before.Switches.Select(s => (s.Lease, names.Controlled(s.Target))),
            after.Switches.Select(s => (s.Lease, names.Controlled(s.Target)))
        );
        Compare(
            "follow-up",
            before.FollowUps.Select(f => (f.Name, (Text)f.Name)),
            after.FollowUps.Select(f => (f.Name, (Text)f.Name))
        );
        return changes;

        void Compare(string what, IEnumerable<(string Key, Text Name)> old, IEnumerable<(string Key, Text Name)> young)
        {
            var (had, has) = (old.ToList(), young.ToList());
            Tell($"handover.change.{what}-new", has.Where(h => had.All(o => o.Key != h.Key)));
            Tell($"handover.change.{what}-over", had.Where(h => has.All(n => n.Key != h.Key)));
        }

        void Tell(string key, IEnumerable<(string Key, Text Name)> items)
        {
            if (items.Select(i => i.Name).ToList() is { Count: > 0 } named)
            {
                changes.Add(words.Say(key, words.List(named)));
            }
        }
    }

    private static Text Train(ReleaseFact release, Phrasebook words) =>
        release.Batch is { } batch ? (Text)(batch + " ") + TrainText.Weight(release.Weight) : words["page.none"];
}
