using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Policy;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Policy;

/// <summary><c>glancy policy can lin rollback batch=REL-B3</c>: may this person confirm that, and why.</summary>
internal sealed class PolicyCanCommand(PolicyDesk desk, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("policy can", Topic.People, Effect.Read, "1.1", PermissionNames.PolicySee)
        {
            Arguments =
            [
                new("person", ValueKind.Person),
                new("procedure"),
                new("argument", Required: false, Many: true),
            ],
            Options = [new("break-glass", Chinese: "紧急授权")],
            Aliases = ["权限 能否", "能否"],
            Examples =
            [
                "policy can lin rollback",
                "policy can lin rollback batch=REL-B3",
                "policy can lin rollback batch=REL-B3 --break-glass",
            ],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var names = new Names(invocation.Words, runbook.Current);
        var id = invocation.Values["person"];
        if (OverrideRules.Nobody(names.Runbook, id) is { } nobody)
        {
            return RefusalView.Answer(nobody, names.Words);
        }

        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in invocation.Values.All("argument"))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
            {
                return RefusalView.Answer(new Refusal("bad-pair", "", pair), names.Words);
            }

            arguments[name] = name == "batch" ? BatchName.Of(value) : value;
        }

        var procedure = invocation.Values["procedure"];
        var answer = await desk.CanAsync(
            names.Runbook.People[id],
            procedure,
            arguments,
            invocation.Values.Has("break-glass"),
            cancellationToken
        );
        return new Answer(
            Page(id, procedure, answer, names),
            PolicyData.Of(id, procedure, answer, names.Words),
            answer.Yes ? ExitCode.Done : ExitCode.Refused
        );
    }

    /// <summary>Yes or no, and why.</summary>
    public static Page Page(string person, string procedure, PolicyAnswer answer, Names names)
    {
        var words = names.Words;
        var title = words.Say(answer.Yes ? "policy.yes" : "policy.no", names.Person(person), procedure);
        var facts = new List<Fact>();
        if (answer.Why is { } why)
        {
            facts.Add(new Fact(words["policy.why"], RefusalView.Words(why, words)));
            if (why.Section.Length > 0)
            {
                facts.Add(new Fact(words["refusal.rule"], words.Say("refusal.runbook-section", why.Section)));
            }

            facts.Add(new Fact(words["refusal.next"], RefusalView.Next(why, words)));
        }
        else
        {
            facts.Add(
                new Fact(
                    words["policy.why"],
                    answer.Role is { } role ? words.Say("policy.as-role", names.Role(role)) : words["policy.as-second"]
                )
            );
        }

        if (answer.BreakGlassUnder is { } incident)
        {
            facts.Add(new Fact(words["break-glass.label"], words.Say("policy.alone-under", incident)));
        }

        if (answer.PersonsNeeded > 0)
        {
            facts.Add(
                new Fact(
                    words["policy.persons"],
                    words.Say("policy.persons-needed", Text.FromInt64(answer.PersonsNeeded))
                )
            );
        }

        return new Page(title, [new Block.Facts(facts)]);
    }
}

/// <summary>A policy answer as data.</summary>
internal sealed record PolicyData(
    string Person,
    string Procedure,
    bool Yes,
    RefusalData? Why,
    string? Role,
    int PersonsNeeded
)
{
    public string? BreakGlassUnder { get; init; }

    public static PolicyData Of(string person, string procedure, PolicyAnswer answer, Phrasebook words)
    {
        return new PolicyData(
            person,
            procedure,
            answer.Yes,
            answer.Why is { } why ? RefusalView.Data(why, words) : null,
            answer.Role,
            answer.PersonsNeeded
        )
        {
            BreakGlassUnder = answer.BreakGlassUnder,
        };
    }
}
