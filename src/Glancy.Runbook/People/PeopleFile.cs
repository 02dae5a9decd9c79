using System.Text.RegularExpressions;

namespace Glancy.Runbook.People;

/// <summary><c>people.yaml</c>: one person is one person everywhere.</summary>
internal static partial class PeopleFile
{
    public static IReadOnlyDictionary<string, Person> Read(RunbookReading reading)
    {
        var people = new Dictionary<string, Person>();
        var names = new Dictionary<string, string>();
        if (reading.Open("people.yaml") is not { } file)
        {
            return people;
        }

        foreach (var fields in file.Maps("people"))
        {
            var id = fields.Id();
            reading.Declare(References.Person, id, fields.File, fields.LineOf("id"));
            if (id == Actor.Bot)
            {
                // The bot's own name: a person of that name would get the bot's rules.
                fields.Problem("id", "bad-id", id);
            }

            var person = new Person(
                id,
                fields.Text("name"),
                fields.Text("login"),
                fields.OptionalText("slack"),
                fields.OptionalText("pagerduty"),
                fields.OptionalText("github"),
                fields.OptionalText("phone"),
                fields.Choice("language", "zh-CN", "en-US")
            );
            if (person.Phone is { Length: > 0 } phone && !International().IsMatch(phone))
            {
                fields.Problem("phone", "bad-phone", phone);
            }

            // Two persons with one account would be one person in two roles: rule 5 counts persons.
            foreach (
                var (field, account) in new[]
                {
                    ("login", person.Login),
                    ("slack", person.Slack),
                    ("pagerduty", person.PagerDuty),
                    ("github", person.GitHub),
                }
            )
            {
                reading.Declare(field, account ?? "", fields.File, fields.LineOf(field));
            }

            // Nor could anybody say which of two is meant who are called the same.
            foreach (var (field, name) in new[] { ("id", person.Id), ("name", person.Name) })
            {
                if (
                    name.Length > 0
                    && !names.TryAdd(PersonNames.Fold(name), id)
                    && names[PersonNames.Fold(name)] is var other
                    && other != id
                )
                {
                    fields.Problem(field, "duplicate-name", name, other);
                }
            }

            fields.Done();
            people[id] = person;
        }

        file.Done();
        return people;
    }

    [GeneratedRegex(@"^\+[0-9]{6,15}$")]
    private static partial Regex International();
}
