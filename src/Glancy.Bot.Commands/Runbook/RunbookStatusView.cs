using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook.Versions;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>Versions over all replicas: what is in force, who has what, and what is in the way.</summary>
internal static class RunbookStatusView
{
    private const int HashShown = 12;

    public static Page Page(VersionStatus status, Names names)
    {
        var words = names.Words;
        var facts = new List<Fact>();
        if (status.Active is { } active)
        {
            facts.Add(
                new Fact(
                    words["lint.in-force"],
                    words.Say("versions.since", active.Version, TimeText.Day(active.Since))
                )
            );
        }

        facts.AddRange(Source(status, words));
        var blocks = new List<Block>
        {
            new Block.Facts(facts),
            new Block.Table(
                [
                    words["versions.column.replica"],
                    words["versions.column.disk"],
                    words["versions.column.state"],
                    words["versions.column.seen"],
                ],
                [.. status.Replicas.Select(r => Row(r, status, words))]
            ),
        };
        var problems = status
            .Replicas.SelectMany(r => r.Report.Problems.Select(p => (r.Report.Replica, Problem: p)))
            .ToList();
        if (problems.Count > 0)
        {
            blocks.Add(new Block.Heading(words["versions.problems"]));
            blocks.Add(
                new Block.Table(
                    [words["versions.column.replica"], words["lint.column.where"], words["lint.column.what"]],
                    [
                        .. problems.Select(p =>
                            (IReadOnlyList<Text>)
                                [p.Replica, RunbookLint.Where(p.Problem), RunbookLint.Words(p.Problem, words)]
                        ),
                    ]
                )
            );
        }

        if (status.Split)
        {
            blocks.Add(new Block.Paragraph(words["versions.how-to-agree"]));
        }

        return new Page(Title(status, words), blocks) { Foot = words.Zone() };
    }

    /// <summary>What wants a person, in a few words for a page about everything; empty when nothing does.</summary>
    public static Text Trouble(VersionStatus status, Phrasebook words)
    {
        var active = status.Active?.Version ?? "";
        return status.Split ? words.Say("versions.trouble-split", active).In(Tone.Warn)
            : status.Broken ? words.Say("versions.trouble-broken", active).In(Tone.Warn)
            : status.OtherSources.Count > 0 ? words["versions.trouble-source"].In(Tone.Warn)
            : Text.Empty;
    }

    private static Text Title(VersionStatus status, Phrasebook words) =>
        status switch
        {
            { Active: null } => words["versions.title-none"],
            { Split: true, Active: { } active } => words.Say("versions.title-split", active.Version),
            { Broken: true, Active: { } active } => words.Say("versions.title-broken", active.Version),
            { Coming: true, Active: { } active } => words.Say(
                "versions.title-coming",
                Agreement.Of(status.Replicas) ?? "",
                active.Version
            ),
            { Active: { } active } => words.Say("versions.title", active.Version),
        };

    private static IReadOnlyList<Text> Row(LiveReplica replica, VersionStatus status, Phrasebook words)
    {
        var (name, version, problems, _) = replica.Report;
        var state =
            version is null ? words.Say("versions.broken", Text.FromInt64(problems.Count)).In(Tone.Bad)
            : version == status.Active?.Version ? words["versions.same"].In(Tone.Good)
            : words["versions.other"].In(Tone.Warn);
        return [name, version ?? words["page.none"], state, words.Say("versions.ago", words.Duration(replica.SeenAgo))];
    }

    private static IEnumerable<Fact> Source(VersionStatus status, Phrasebook words) =>
        status.Replicas.All(r => r.Report.SourceSha256 is null) ? []
        : status.OtherSources.Count == 0
            ? [new Fact(words["versions.source"], words.Say("lint.source-same", Day(status)))]
        : status.OtherSources.Select(hash => new Fact(
            words["versions.source"],
            (
                hash.Length == 0
                    ? words["versions.source-unreadable"]
                    : words.Say("versions.source-changed", hash[..HashShown], Day(status))
            ).In(Tone.Warn)
        ));

    private static string Day(VersionStatus status) => RunbookLint.Day(status.Source.Date);
}
