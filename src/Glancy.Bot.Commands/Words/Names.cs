using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Words;

/// <summary>One language's phrases together with the runbook's own names of persons, roles and state.</summary>
public sealed record Names(Phrasebook Words, RunbookContent Runbook)
{
    /// <summary>
    /// <c>林晓（lin）</c>; the id alone for somebody who is not in the list any more, the bot's own name for the bot.
    /// </summary>
    public Text Person(string id) =>
        id == Actor.Bot ? Words["names.bot"]
        : Runbook.People.TryGetValue(id, out var person) ? Words.Say("page.in-brackets", person.Name, id)
        : id;

    /// <summary>The person with the telephone that a tap calls, where there is one.</summary>
    public Text Reachable(string id) =>
        Runbook.People.GetValueOrDefault(id) is { Phone: { } phone }
            ? Person(id) + " " + Text.To(new Uri("tel:" + phone), phone)
            : Person(id);

    public Text Persons(IEnumerable<string> ids)
    {
        var names = ids.Select(Person).ToList();
        return names.Count == 0 ? Words["page.none"] : Words.List(names);
    }

    public Text Persons(IEnumerable<Person> persons) => Persons(persons.Select(p => p.Id));

    public Text Role(string id) => Runbook.Roles.TryGetValue(id, out var role) ? In(role.Name) : id;

    /// <summary>
    /// Controlled state as people call it: <c>flag/x</c> is x, <c>release/prod</c> the train's batch and share.
    /// </summary>
    public Text Controlled(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Runbook.Targets.Find(state) is not { } target)
        {
            return state.StartsWith(CommandDigests.Before, StringComparison.Ordinal)
                ? Words.Say("names.digest", state[CommandDigests.Before.Length..])
                : state;
        }

        return target.Title(target.NameOf(state), Runbook) is { } title
            ? In(title)
            : Words["names." + target.Prefix.TrimEnd('/')];
    }

    /// <summary>
    /// What has to recover: hooks by id, lines of SOPs by what they are called and when they are good.
    /// </summary>
    public Text Recovering(IEnumerable<string> recovers) =>
        Words.List(
            recovers.Select(name =>
                Runbook.Alerts.FindLine(name) is { } line
                    ? Words.Say("names.sop-line", In(line.Name), line.Limit?.ToString())
                    : (Text)name
            )
        );

    /// <summary>Words of the runbook's data.</summary>
    public Text In(Glancy.Runbook.Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.In(Words.Culture);
    }

    /// <summary>The title of a procedure with its arguments filled in.</summary>
    public Text Title(Procedure procedure, IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return Placeholders.Fill(procedure.Title.In(Words.Culture), arguments);
    }
}
