using System.Text.Json;
using Json.Schema;
using YamlDotNet.Serialization;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>
/// The app's manifest is one that Slack takes, by Slack's own JSON schema: <c>slack/manifest-schema</c> in the folder
/// that <c>GLANCY_CONFORMANCE_DATA</c> names. Without it these tests say so and check nothing.
/// </summary>
public sealed class ManifestSchemaTests(ITestOutputHelper output)
{
    private static readonly string Manifest = Path.Combine(Repository.Root, "manifests", "slack-app.yaml");

    [Fact]
    public void The_bots_own_manifest_passes_Slacks_schema()
    {
        if (Schema() is { } schema)
        {
            Assert.Empty(Faults(schema, File.ReadAllText(Manifest)));
        }
    }

    [Theory]
    [InlineData("always_online: true", "always_online: perhaps")]
    [InlineData("  name: Glancy\n", "  name: Glancy and everything that goes with it\n")]
    [InlineData("command: /glancy", "command: glancy")]
    [InlineData("is_enabled: true", "is_enabled: true\n    is_loud: true")]
    [InlineData("  name: Glancy\n", "")]
    [InlineData("major_version: 1", "major_version: 3")]
    [InlineData("name: \"Open an incident\"", "name: \"Open an incident with these words\"")]
    [InlineData("type: message", "type: letter")]
    [InlineData("      callback_id: incident-pin\n", "")]
    public void A_manifest_that_Slack_would_not_take_is_found(string there, string becomes)
    {
        var manifest = File.ReadAllText(Manifest);
        Assert.Contains(there, manifest, StringComparison.Ordinal);
        if (Schema() is { } schema)
        {
            Assert.NotEmpty(Faults(schema, manifest.Replace(there, becomes, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_schemas_own_samples_are_judged_as_they_are_named()
    {
        if (Schema() is not { } schema)
        {
            return;
        }

        var samples = Directory.GetFiles(
            Path.Combine(Folder() ?? "", "tests", "manifests"),
            "*.json",
            SearchOption.AllDirectories
        );
        Assert.Equal(4, samples.Length);
        Assert.All(
            samples,
            file =>
                Assert.Equal(
                    file.EndsWith(".valid.json", StringComparison.Ordinal),
                    Faults(schema, File.ReadAllText(file)).Count == 0
                )
        );
    }

    // The schema of every version names the others by their addresses; here they are files beside it.
    private JsonSchema? Schema()
    {
        if (Folder() is not { } folder)
        {
            output.WriteLine(
                "GLANCY_CONFORMANCE_DATA names no folder: the manifest was not compared with Slack's schema."
            );
            return null;
        }

        var known = new BuildOptions { Dialect = Dialect.Draft07, SchemaRegistry = new SchemaRegistry() };
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "schemas"), "*.json"))
        {
            var address = new Uri(
                "https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/" + Path.GetFileName(file)
            );
            known.SchemaRegistry.Register(address, JsonSchema.FromText(File.ReadAllText(file), known, address));
        }

        return JsonSchema.FromText(File.ReadAllText(Path.Combine(folder, "manifest.schema.json")), known);
    }

    private static string? Folder() =>
        Environment.GetEnvironmentVariable("GLANCY_CONFORMANCE_DATA") is { Length: > 0 } data
            ? Path.Combine(data, "slack", "manifest-schema")
            : null;

    // JSON is YAML, so that both are read in one way.
    private static List<string> Faults(JsonSchema schema, string manifest)
    {
        var read = new DeserializerBuilder()
            .WithAttemptingUnquotedStringTypeDeserialization()
            .Build()
            .Deserialize<object>(manifest);
        using var json = JsonDocument.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read));
        var judged = schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return judged.IsValid
            ? []
            :
            [
                .. (judged.Details ?? []).SelectMany(d =>
                    (d.Errors ?? new Dictionary<string, string>()).Select(e => $"{d.InstanceLocation}: {e.Value}")
                ),
                "not valid",
            ];
    }
}
