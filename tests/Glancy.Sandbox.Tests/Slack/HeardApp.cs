using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>An app that remembers what it hears and answers what it is told to.</summary>
public sealed class HeardApp : IApp
{
    public List<IReadOnlyDictionary<string, string>> Commands { get; } = [];

    public List<JsonObject> Interactions { get; } = [];

    public List<JsonObject> Events { get; } = [];

    public AppAnswer Answer { get; set; } = new AppAnswer.Acknowledged(null);

    /// <summary>Acknowledges with this JSON.</summary>
    public void AnswerWith(object body) => Answer = new AppAnswer.Acknowledged(JsonSerializer.SerializeToElement(body));

    public Task<AppAnswer> CommandAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        Commands.Add(form);
        return Task.FromResult(Answer);
    }

    public Task<AppAnswer> InteractionAsync(JsonObject payload, CancellationToken cancellationToken)
    {
        Interactions.Add(payload);
        return Task.FromResult(Answer);
    }

    public void Tell(JsonObject happened) => Events.Add(happened);
}
