using Glancy.Sandbox.Slack.Page.Conversation;

namespace Glancy.Sandbox.Slack.Page;

/// <summary>Where the page serves the workspace's files.</summary>
internal static class FileAddress
{
    public const string Route = "/files/{id}";

    public static string Of(string id) => "/files/" + Uri.EscapeDataString(id);

    /// <summary>A picture in place; anything else as a download, whatever it says it is.</summary>
    public static IResult Serve(StoredFile? file) =>
        file is null ? Results.NotFound()
        : FileView.Pictures.Contains(file.MimeType) ? Results.Bytes(file.Content, file.MimeType)
        : Results.Bytes(file.Content, "application/octet-stream", file.Name);
}
