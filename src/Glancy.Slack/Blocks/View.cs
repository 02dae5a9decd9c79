using System.Text.Json.Serialization;

namespace Glancy.Slack.Blocks;

/// <summary>What <c>views.*</c> show.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModalView), "modal")]
[JsonDerivedType(typeof(HomeView), "home")]
public abstract record View(
    IReadOnlyList<Block> Blocks,
    string? CallbackId,
    string? PrivateMetadata,
    string? ExternalId
)
{
    public IReadOnlyList<Block> Blocks { get; internal init; } = Blocks;

    public string? CallbackId { get; } = Limits.Text(CallbackId, Limits.Id, "view.callback_id");

    public string? PrivateMetadata { get; } =
        Limits.Text(PrivateMetadata, Limits.PrivateMetadata, "view.private_metadata", least: 0);

    public string? ExternalId { get; } = Limits.Text(ExternalId, Limits.Id, "view.external_id");
}

/// <param name="Submit">The sending button; Slack wants one as soon as the view asks for input.</param>
public sealed record ModalView(
    PlainText Title,
    IReadOnlyList<Block> Blocks,
    PlainText? Submit = null,
    PlainText? Close = null,
    string? CallbackId = null,
    string? PrivateMetadata = null,
    string? ExternalId = null
) : View(MessageBlocks.Within(Blocks, BlockSurface.Modal), CallbackId, PrivateMetadata, ExternalId)
{
    public bool? ClearOnClose { get; init; }

    public bool? NotifyOnClose { get; init; }

    public PlainText Title { get; } = Limits.Text(Title, Limits.ViewTitle, "view.title");

    public PlainText? Submit { get; } = Limits.Text(Submit, Limits.ViewTitle, "view.submit");

    public PlainText? Close { get; } = Limits.Text(Close, Limits.ViewTitle, "view.close");
}

public sealed record HomeView(
    IReadOnlyList<Block> Blocks,
    string? CallbackId = null,
    string? PrivateMetadata = null,
    string? ExternalId = null
) : View(MessageBlocks.Within(Blocks, BlockSurface.Home), CallbackId, PrivateMetadata, ExternalId);
