using System.Text.Json;
using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack;

/// <summary>The app as Slack reaches it: through its request addresses.</summary>
public interface IApp
{
    /// <summary>Sends a typed command and waits for the acknowledgement, 3 s at most.</summary>
    Task<AppAnswer> CommandAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken);

    /// <summary>Sends a click, a submission or the like, and waits for the acknowledgement, 3 s at most.</summary>
    Task<AppAnswer> InteractionAsync(JsonObject payload, CancellationToken cancellationToken);

    /// <summary>Sends an event, and again when it is not acknowledged; nobody waits.</summary>
    void Tell(JsonObject happened);
}

/// <summary>What came of a delivery.</summary>
public abstract record AppAnswer
{
    private AppAnswer() { }

    /// <summary>200 in time.</summary>
    /// <param name="Body">The JSON of the body, or its text as a JSON string; null when it is empty.</param>
    public sealed record Acknowledged(JsonElement? Body) : AppAnswer;

    /// <summary>Anything else.</summary>
    /// <param name="Error"><c>operation_timeout</c>, <c>dispatch_failed</c>, <c>http_service_error</c> or
    /// <c>http_client_error</c>.</param>
    public sealed record Failed(string Error) : AppAnswer;
}

/// <summary>No app is there to answer.</summary>
internal sealed class NoApp : IApp
{
    private static readonly AppAnswer Nobody = new AppAnswer.Failed("dispatch_failed");

    public Task<AppAnswer> CommandAsync(
        IReadOnlyDictionary<string, string> form,
        CancellationToken cancellationToken
    ) => Task.FromResult(Nobody);

    public Task<AppAnswer> InteractionAsync(JsonObject payload, CancellationToken cancellationToken) =>
        Task.FromResult(Nobody);

    public void Tell(JsonObject happened) { }
}
