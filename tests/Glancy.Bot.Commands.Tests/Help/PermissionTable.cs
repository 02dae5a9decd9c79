using System.Text;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Help;
using Glancy.Bot.Commands.Tests.Masking;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Roster;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Tests.Help;

/// <summary>
/// A line of the table: a command, a command with an option that makes another word of it, or a word that has no
/// command of its own.
/// </summary>
internal sealed record PermissionLine(string Said, PermissionName Name, string Help)
{
    /// <summary>Null for a word without a command.</summary>
    public CommandRegistration? Command { get; init; }

    public string? Option { get; init; }

    public bool Drafts => Option is null && Command?.Spec.Drafts == true;
}

/// <summary><c>docs/permissions.md</c>: every command by every role, on duty and off.</summary>
internal static class PermissionTable
{
    public static RunbookContent Content { get; } = Cast.On(RunbookOnDisk.Content);

    public static Permissions Permissions { get; } = Unrecorded.Permissions(new RunbookHolder("", Content));

    public static OnCall OnCall { get; } = DutyRoster.Plan(Content, World.Now);

    public static IReadOnlyList<string> Roles { get; } = [.. Content.Roles.Keys];

    /// <summary>Commands in the order of the README's table, then the words that are said with others.</summary>
    public static IEnumerable<PermissionLine> Lines()
    {
        foreach (var command in Golden.Book.All)
        {
            var spec = command.Spec;
            if (spec.Permission is { } name)
            {
                var who = WhoMay.Say(spec with { Options = [] }, Content.Permissions, Golden.En).Plain;
                yield return new PermissionLine(spec.Verbs, name, who) { Command = command };
            }

            foreach (var option in spec.Options)
            {
                if (option.Permission is { } other)
                {
                    var said = $"{spec.Verbs} --{option.Name}";
                    yield return Beside(said, other) with
                    {
                        Command = command,
                        Option = option.Name,
                    };
                }
            }
        }

        yield return Beside("run confirm, as the second of a dangerous run", PermissionNames.RunSecond);
        yield return Beside("run confirm --break-glass", PermissionNames.RunBreakGlass);
        yield return Beside("lease revert, of one under another", PermissionNames.LeaseRelease);
    }

    public static async Task<string> MarkdownAsync(CancellationToken cancellationToken)
    {
        var table = new StringBuilder(Introduction);
        table
            .Append("| command | permission | help says | ")
            .AppendJoin(" | ", Roles)
            .Append(" | not on the roster | not in the people list |\n");
        table.Append('|').Insert(table.Length, " --- |", Roles.Count + 5).Append('\n');
        foreach (var line in Lines())
        {
            table.Append("| `").Append(line.Said).Append("` | `").Append(line.Name.Id).Append("` | ").Append(line.Help);
            foreach (var role in Roles)
            {
                var (on, off) = (Person(Cast.OnDuty(role)), Person(Cast.OffDuty(Content, role)));
                table
                    .Append(" | ")
                    .Append(await CellAsync(line, on, cancellationToken))
                    .Append(" / ")
                    .Append(await CellAsync(line, off, cancellationToken));
            }

            table
                .Append(" | ")
                .Append(await CellAsync(line, Person(Cast.Nobody), cancellationToken))
                .Append(" | ")
                .Append(await CellAsync(line, null, cancellationToken))
                .Append(" |\n");
        }

        return table.ToString();
    }

    /// <summary>What the person comes to.</summary>
    /// <param name="person">Null for somebody who is not in the people list.</param>
    public static async Task<string> CellAsync(PermissionLine line, Person? person, CancellationToken cancellationToken)
    {
        var refusal = await Permissions.AheadAsync(person, "", line.Name, cancellationToken);
        if (refusal is not null || (person is null && line.Name.Kind != PermissionKind.Read))
        {
            return "no";
        }

        if (person is null || !line.Name.AsksTheThing)
        {
            return line.Drafts ? "draft" : "yes";
        }

        // With no roles of a procedure, and with all there are.
        bool May(params IReadOnlyList<string> also) =>
            PermissionRule.Of(Content, OnCall, person, line.Name, also).Refusal is null;
        return May() ? "yes"
            : line.Name.Kind != PermissionKind.Procedure ? "theirs"
            : May(Roles) ? "procedure"
            : "no";
    }

    public static Person Person(string id) => Content.People[id];

    private static PermissionLine Beside(string said, PermissionName name) =>
        new(said, name, WhoMay.Holds(name, Content.Permissions, Golden.En).Plain);

    private const string Introduction = """
        # Who may do what

        Made from the commands and `runbook/permissions.yaml`; tests hold help, the runner and the desks to it.
        Under each role: on duty / off duty, holding no other role.

        - **yes**, **no**: the runner refuses before any work, and the desk once more.
        - **draft**: a run is drawn up and nothing changes; who confirms it is in the row of `run confirm`.
        - **procedure**: yes where the run's procedure names the role, or one that it stands in for; the desk knows the
          run. Whoever asked for a draft withdraws it (`run abort`) without.
        - **theirs**: yes for those whom it concerns, as help says; the desk knows the thing.

        Acknowledging an incident by PagerDuty or by the link in a call is for whoever was called, on the roster or not.
        `--reveal` is for the roles of each rule in `runbook/masking.yaml`.


        """;
}
