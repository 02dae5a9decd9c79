using System.Xml.Linq;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Lints;

/// <summary>
/// Who may know whom: Bot -> Commands -> Ops -> Runbook; the Slack library knows nobody, the sandbox none of them, and
/// none knows the sandbox.
/// </summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Glancy.Runbook"] = [],
        ["Glancy.Ops"] = ["Glancy.Runbook"],
        ["Glancy.Bot.Commands"] = ["Glancy.Ops", "Glancy.Slack"],
        ["Glancy.Bot"] = ["Glancy.Bot.Commands", "Glancy.Ops", "Glancy.Slack"],
        ["Glancy.Slack"] = [],
        ["Glancy.Sandbox"] = [],
    };

    private static readonly string[] WebOrWords =
    [
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Builder",
        "Spectre.Console",
        "System.CommandLine",
        "Microsoft.Extensions.Localization",
    ];

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_arrow_allows(string project)
    {
        var file = Path.Combine(RepositoryRoot.Find(), "src", project, project + ".csproj");
        var references = XDocument
            .Load(file)
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")?.Value ?? ""));

        Assert.Equal(Allowed[project].Order(), references.Order());
    }

    [Fact]
    public void Every_project_of_src_has_an_arrow()
    {
        var found = Directory.GetDirectories(Path.Combine(RepositoryRoot.Find(), "src")).Select(Path.GetFileName);

        Assert.Equal(Allowed.Keys.Order(), found.Order());
    }

    [Fact]
    public void What_the_runbook_says_is_read_without_database_clock_or_network()
    {
        string[] outside =
        [
            "Npgsql",
            "Dapper",
            "System.Data",
            "System.Net",
            "System.TimeProvider",
            "Microsoft.AspNetCore",
            "Microsoft.Extensions",
        ];

        var result = NetArchTest
            .Rules.Types.InAssembly(typeof(Glancy.Runbook.RunbookContent).Assembly)
            .ShouldNot()
            .HaveDependencyOnAny(outside)
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Operations_know_neither_the_web_nor_words_nor_a_chat()
    {
        var types = typeof(Glancy.Ops.Kernel.Refusal).Assembly;

        var result = NetArchTest.Rules.Types.InAssembly(types).ShouldNot().HaveDependencyOnAny(WebOrWords).GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
        Assert.DoesNotContain(types.GetTypes(), t => t.FullName?.Contains("Slack", StringComparison.Ordinal) == true);
    }
}
