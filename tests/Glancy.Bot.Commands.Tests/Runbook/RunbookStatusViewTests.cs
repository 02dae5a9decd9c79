using Glancy.Bot.Commands.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;

namespace Glancy.Bot.Commands.Tests.Runbook;

public class RunbookStatusViewTests
{
    private const string Old = "0123456789ab";
    private const string New = "ba9876543210";
    private static readonly ActiveVersion Active = new(Old, World.Now.AddHours(-30), 4);
    private static readonly RunbookSource Source = new(
        "Glancy 运维 Runbook",
        new string('6', 64),
        new DateOnly(2026, 11, 23),
        new HashSet<string>()
    );

    internal static VersionStatus Split { get; } = Status(Replica("a", Old), Replica("b", New));

    [Fact]
    public void All_agree() => Check("agreed", Status(Replica("a", Old), Replica("b", Old)));

    [Fact]
    public void They_differ() => Check("split", Split);

    [Fact]
    public void They_differ_on_a_narrow_terminal() =>
        Golden.Check("split-60", words => RunbookStatusView.Page(Split, RunbookOnDisk.In(words)), width: 60);

    [Fact]
    public void Wrong_files_everywhere() => Check("broken", Status(Broken("a"), Broken("b")));

    [Fact]
    public void A_wrong_file_here_and_another_version_there() =>
        Check("broken-and-split", Status(Broken("a"), Replica("b", New)));

    [Fact]
    public void About_to_come_into_force() => Check("coming", Status(Replica("a", New), Replica("b", New)));

    [Fact]
    public void Nothing_yet() => Check("none", Status(Replica("a", Old)) with { Active = null });

    [Fact]
    public void The_written_text_has_changed() =>
        Check("source-changed-here", Status(Replica("a", Old, new string('a', 64)), Replica("b", Old, "")));

    [Fact]
    public void The_written_text_is_as_compared() =>
        Check("source-as-compared", Status(Replica("a", Old, Source.Sha256)));

    private static VersionStatus Status(params LiveReplica[] replicas) => new(Active, replicas, Source);

    private static LiveReplica Replica(string id, string version, string? source = null) =>
        new(new ReplicaReport(id, version, [], source), TimeSpan.FromSeconds(2.4), TimeSpan.FromMinutes(5));

    private static LiveReplica Broken(string id) =>
        new(
            new ReplicaReport(
                id,
                null,
                [
                    new RunbookProblem("hooks/hk-03.yaml", 18, "yellow-beyond-red", ">= 0.8×", ">= 0.7×"),
                    new RunbookProblem("people.yaml", 0, "missing-file"),
                ],
                null
            ),
            TimeSpan.FromSeconds(1),
            TimeSpan.FromMinutes(5)
        );

    private static void Check(string state, VersionStatus status) =>
        Golden.Check(state, words => RunbookStatusView.Page(status, RunbookOnDisk.In(words)));
}
