using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Glancy.Sandbox.Slack.Api;

/// <summary>Reads a call from HTTP: who asks, and with which arguments.</summary>
internal sealed class ApiDoor(Methods methods, Scopes scopes, string token)
{
    private const string Bearer = "Bearer ";

    public async Task<Reply> AnswerAsync(HttpContext http, string method)
    {
        var (arguments, error) = await ArgumentsAsync(http.Request, method, http.RequestAborted);
        if (arguments is null)
        {
            return Reply.Json(ApiAnswer.No(error));
        }

        var header = http.Request.Headers.Authorization.ToString();
        var given = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..]
            : arguments["token"]?.ToString();
        if (given != token)
        {
            return Reply.Json(ApiAnswer.No(string.IsNullOrEmpty(given) ? "not_authed" : "invalid_auth"));
        }

        var call = new ApiCall(method, JsonSerializer.SerializeToElement(arguments, SlackWire.Options));
        return Reply.Json(scopes.Refuse(call) ?? methods.Call(call));
    }

    private static async Task<(JsonObject? Arguments, string Error)> ArgumentsAsync(
        HttpRequest request,
        string method,
        CancellationToken cancellationToken
    )
    {
        if (request.HasFormContentType)
        {
            return (Fields(await request.ReadFormAsync(cancellationToken)), "");
        }

        if (request.Method == HttpMethods.Get || !request.HasJsonContentType() || !Methods.TakesJson(method))
        {
            return (Fields(request.Query), "");
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) is JsonObject body
                ? (body, "")
                : (null, "json_not_object");
        }
        catch (JsonException)
        {
            return (null, "invalid_json");
        }
    }

    private static JsonObject Fields(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in fields)
        {
            arguments[name] = value.ToString();
        }

        return arguments;
    }
}
