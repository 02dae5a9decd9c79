using System.Text.Json;
using Glancy.Sandbox.Bastion;
using Json.Schema;

namespace Glancy.Ops.Tests.Connectors.PagerDuty;

/// <summary>
/// PagerDuty's published schemas as <c>contract/</c> restates them; what stands in for PagerDuty judges by them what it
/// gets, and what it says.
/// </summary>
internal static class PagerDutyContract
{
    private static readonly Lazy<JsonElement> Events = new(() => Load("events-v2"));
    private static readonly Lazy<JsonElement> OnCalls = new(() => Load("oncalls"));
    private static readonly Lazy<JsonElement> Alerts = new(() => Load("alerts"));
    private static readonly Lazy<JsonElement> Webhooks = new(() => Load("webhooks-v3"));

    public static IReadOnlyList<string> Event(JsonElement body) => Faults(Events.Value, "event", body);

    public static IReadOnlyList<string> Taken(JsonElement body) => Faults(Events.Value, "taken", body);

    public static IReadOnlyList<string> Refused(JsonElement body) => Faults(Events.Value, "refused", body);

    public static IReadOnlyList<string> OnCallsQuery(JsonElement query) => Faults(OnCalls.Value, "query", query);

    public static IReadOnlyList<string> OnCallsAnswer(JsonElement body) => Faults(OnCalls.Value, "answer", body);

    public static IReadOnlyList<string> AlertsQuery(JsonElement query) => Faults(Alerts.Value, "query", query);

    public static IReadOnlyList<string> AlertsAnswer(JsonElement body) => Faults(Alerts.Value, "answer", body);

    public static IReadOnlyList<string> Delivery(JsonElement body) => Faults(Webhooks.Value, "delivery", body);

    private static JsonElement Load(string name)
    {
        var file = Path.Combine(
            RepositoryRoot.Find(),
            "tests",
            "Glancy.Ops.Tests",
            "Connectors",
            "PagerDuty",
            "contract",
            name + ".schema.json"
        );
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    private static List<string> Faults(JsonElement schemas, string name, JsonElement instance)
    {
        var root = JsonSerializer.Serialize(
            new Dictionary<string, object> { ["$ref"] = "#/$defs/" + name, ["$defs"] = schemas.GetProperty("$defs") }
        );
        var judged = JsonSchema
            .FromText(root, new BuildOptions { Dialect = Dialect.Draft202012, SchemaRegistry = new SchemaRegistry() })
            .Evaluate(
                instance,
                new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true }
            );
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
