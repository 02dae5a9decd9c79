using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Glancy.Sandbox.Slack;

/// <summary>Reads those of <c>runbook/people.yaml</c> who have an account in Slack.</summary>
internal static class PeopleFile
{
    public static IReadOnlyList<Person> Read(string file)
    {
        var reader = new DeserializerBuilder()
            .WithNamingConvention(CamelCaseNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build();
        var all = reader.Deserialize<Content?>(File.ReadAllText(file))?.People ?? [];
        return
        [
            .. all.Where(p => p.Slack.Length > 1)
                .Select(p => new Person(p.Slack, p.Login.Length > 0 ? p.Login : p.Id, p.Name, p.Language)),
        ];
    }

    private sealed class Content
    {
        public List<Entry> People { get; set; } = [];
    }

    private sealed class Entry
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string Login { get; set; } = "";

        public string Slack { get; set; } = "";

        public string Language { get; set; } = "zh-CN";
    }
}
