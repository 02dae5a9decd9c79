using Glancy.Bot.Commands.Grammar;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Tests.Grammar;

/// <summary>
/// Persons and roles are understood however they are called, by every command, and refused with who may be meant.
/// </summary>
public class RosterWordsTests
{
    private static readonly CommandBook Book = Golden.Book;
    private static readonly CommandGrammar Grammar = Golden.Grammar;

    // Names under which a person or a role may come in, now or later.
    private static readonly string[] Persons =
    [
        "person",
        "as",
        "with",
        "who",
        "user",
        "owner",
        "commander",
        "colleague",
        "assignee",
        "holder",
        "whom",
    ];
    private static readonly string[] Roles = ["role", "roles"];

    [Theory]
    [InlineData("chen")]
    [InlineData("Chen")]
    [InlineData("@chen")]
    [InlineData("＠ＣＨＥＮ")]
    [InlineData("<@UCHEN0000>")]
    [InlineData("<@UCHEN0000|chen>")]
    [InlineData("<@UCHEN0000|quiet-one>")]
    [InlineData("UCHEN0000")]
    [InlineData("陈默")]
    [InlineData("@陈默")]
    [InlineData("陈默（chen）")]
    [InlineData("陈默(chen)")]
    [InlineData("陈默 (chen)")]
    [InlineData("“陈默 (chen)”")]
    [InlineData("chen 陈默")]
    public void A_person_is_understood_by_every_command_that_takes_one(string said)
    {
        Assert.All(
            new[]
            {
                ($"roster give primary {said} --until 2025-04-18T19:00 --reason x", "person"),
                ($"roster swap {said} --give 2025-04-19T07:00 --reason x", "person"),
                ($"incident command INC-2025-0418-01 {said} --reason x", "person"),
                ($"policy can {said} rollback batch=REL-B3", "person"),
                ($"audit search --actor {said} --limit 5", "actor"),
                ($"hk HK-03 --as {said}", "as"),
            },
            line => Assert.Equal("chen", Read(line.Item1).Values[line.Item2])
        );
    }

    [Theory]
    [InlineData("secondary", "secondary")]
    [InlineData("Secondary", "secondary")]
    [InlineData("@secondary", "secondary")]
    [InlineData("Secondary on call", "secondary")]
    [InlineData("值班 SRE（Secondary）", "secondary")]
    [InlineData("值班SRE(Secondary)", "secondary")]
    [InlineData("release-manager", "release-manager")]
    [InlineData("release manager", "release-manager")]
    [InlineData("Release_Manager", "release-manager")]
    [InlineData("RM", "release-manager")]
    [InlineData("发布经理", "release-manager")]
    [InlineData("发布经理（RM）", "release-manager")]
    [InlineData("ic", "incident-commander")]
    [InlineData("DBA", "dba")]
    [InlineData("平台/DBA 值守", "dba")]
    [InlineData("Platform and DBA", "dba")]
    [InlineData("客服", "customer-service")]
    [InlineData("product owner", "product-owner")]
    public void A_role_is_understood_by_every_command_that_takes_one(string said, string role)
    {
        Assert.Equal(role, Read($"roster give {said} chen --until 2025-04-18T19:00 --reason x").Values["role"]);
        Assert.Equal(role, Read($"roster take {said} --reason x").Values["role"]);
    }

    [Fact]
    public void A_role_and_a_person_of_several_words_each_stand_side_by_side()
    {
        var read = Read("roster give Secondary on call Olga Novak (olga) --until 2025-04-18T19:00 --reason x");

        Assert.Equal(("secondary", "olga"), (read.Values["role"], read.Values["person"]));
        Assert.True(read.Rewritten);
        Assert.Equal(
            "roster give secondary olga --until 2025-04-18T19:00 --reason x",
            string.Join(' ', read.Canonical)
        );
    }

    [Fact]
    public void A_reason_keeps_its_words() =>
        Assert.Equal(
            "陈默 (chen) is ill",
            Read("roster give primary wu --until 2025-04-18T19:00 --reason \"陈默 (chen) is ill\"").Values["reason"]
        );

    [Fact]
    public void Somebody_who_left_is_still_found_in_the_audit() =>
        Assert.Equal("zhou", Read("audit search --actor @zhou").Values["actor"]);

    [Theory]
    [InlineData(
        "roster take \"值班 SRE\" --reason x",
        "ambiguous-role",
        "值班 SRE",
        "primary 值班 SRE（Primary）,secondary 值班 SRE（Secondary）"
    )]
    [InlineData(
        "roster take 值班 SRE --reason x",
        "ambiguous-role",
        "值班 SRE",
        "primary 值班 SRE（Primary）,secondary 值班 SRE（Secondary）"
    )]
    [InlineData("roster take secundary --reason x", "bad-role", "secundary", "secondary 值班 SRE（Secondary）")]
    [InlineData("roster swap 陈墨 --give 2025-04-19T07:00 --reason x", "bad-person", "陈墨", "chen 陈默")]
    [InlineData("roster swap @chne --give 2025-04-19T07:00 --reason x", "bad-person", "@chne", "chen 陈默")]
    [InlineData("policy can olgo rollback", "bad-person", "olgo", "olga Olga Novak")]
    [InlineData("incident command INC-2025-0418-01 \"陈默 (wu)\" --reason x", "bad-person", "陈默 (wu)", null)]
    [InlineData("roster swap <@UNOBODY00> --give 2025-04-19T07:00 --reason x", "bad-person", "<@UNOBODY00>", null)]
    public void Who_is_not_meant_for_certain_is_refused_with_who_may_be(
        string line,
        string code,
        string said,
        string? others
    )
    {
        var refusal = Assert.IsType<Reading.NotUnderstood>(Grammar.ReadLine(line)).Refusal;

        Assert.Equal((code, said), (refusal.Code, refusal.Arguments[0]));
        Assert.NotEqual("", refusal.Arguments[1]);
        Assert.Equal(others ?? refusal.Arguments[1], refusal.Arguments[1]);
    }

    [Fact]
    public void The_nearest_comes_first()
    {
        var people = new[] { "anna-maria", "anna-marie" }.Select(id =>
            RunbookOnDisk.Content.People["chen"] with
            {
                Id = id,
                Name = id,
                Login = id,
            }
        );

        Assert.Equal(
            ["anna-marie anna-marie", "anna-maria anna-maria"],
            PersonNames.Find(people, "anna-mariee").Others
        );
    }

    [Fact]
    public void Nobody_who_names_a_person_is_sent_to_edit_the_people_list()
    {
        foreach (var words in new[] { Golden.Zh, Golden.En })
        {
            Assert.All(
                new[] { "bad-person", "ambiguous-person", "bad-actor", "bad-role", "ambiguous-role" },
                code =>
                    Assert.DoesNotContain(
                        "people.yaml",
                        words.Template($"refusal.{code}.next"),
                        StringComparison.Ordinal
                    )
            );
        }
    }

    [Fact]
    public void No_command_takes_a_person_or_a_role_as_a_plain_word()
    {
        var values = Book
            .All.Select(c => c.Spec)
            .SelectMany(s =>
                s.Arguments.Select(a => (s.Verbs, a.Name, Kind: (ValueKind?)a.Kind))
                    .Concat(s.Options.Select(o => (s.Verbs, o.Name, o.Kind)))
            )
            .Where(v => v.Kind is ValueKind.Word or ValueKind.Sentence)
            .ToList();

        Assert.DoesNotContain(values, v => Persons.Contains(v.Name) || Roles.Contains(v.Name) || v.Name == "actor");
        Assert.Equal(
            [
                "audit search actor",
                "incident command person",
                "policy can person",
                "roster give person",
                "roster give role",
                "roster swap person",
                "roster take role",
            ],
            Book.All.Select(c => c.Spec)
                .SelectMany(s =>
                    s.Arguments.Select(a => (s.Verbs, a.Name, Kind: (ValueKind?)a.Kind))
                        .Concat(s.Options.Select(o => (s.Verbs, o.Name, o.Kind)))
                )
                .Where(v => v.Kind is ValueKind.Person or ValueKind.Role or ValueKind.Actor)
                .Select(v => $"{v.Verbs} {v.Name}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Names_that_two_share_are_refused_and_ids_are_not()
    {
        var people = RunbookOnDisk.Content.People.ToDictionary(
            p => p.Key,
            p => p.Key is "wu" or "chen" ? p.Value with { Login = "oncall" } : p.Value
        );
        var grammar = Golden.GrammarOf(new RunbookHolder("", RunbookOnDisk.Content with { People = people }));

        var refusal = Assert
            .IsType<Reading.NotUnderstood>(grammar.ReadLine("roster swap oncall --give 2025-04-19T07:00 --reason x"))
            .Refusal;
        Assert.Equal(("ambiguous-person", "wu 吴桐,chen 陈默"), (refusal.Code, refusal.Arguments[1]));
        Assert.IsType<Reading.Understood>(grammar.ReadLine("roster swap wu --give 2025-04-19T07:00 --reason x"));
        Assert.Equal(
            "bad-actor",
            Assert.IsType<Reading.NotUnderstood>(grammar.ReadLine("audit search --actor oncall")).Refusal.Code
        );
    }

    [Fact]
    public void Before_a_runbook_is_in_force_names_stay_as_typed() =>
        Assert.Equal(
            "陈默",
            Assert
                .IsType<Reading.Understood>(
                    Golden.GrammarOf(new RunbookHolder("", null)).ReadLine("policy can 陈默 rollback")
                )
                .Values["person"]
        );

    [Fact]
    public void The_rules_behind_refuse_with_the_nearest_too()
    {
        var refusal = OverrideRules.Nobody(RunbookOnDisk.Content, "chne");

        Assert.Equal(new Refusal("bad-person", "§1.1", "chne", "chen 陈默").Arguments, refusal?.Arguments);
        Assert.Null(OverrideRules.Nobody(RunbookOnDisk.Content, "chen"));
    }

    private static Reading.Understood Read(string line) => Assert.IsType<Reading.Understood>(Grammar.ReadLine(line));
}
