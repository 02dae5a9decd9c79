namespace Glancy.Sandbox.Slack.Api;

/// <summary>Files on their way: named, then sent, then shown.</summary>
internal sealed class Uploads(Workspace workspace)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Upload> byId = [];

    private sealed record Upload(string Id, string Secret, string Name, string? AltText, long Length, byte[]? Content);

    /// <summary>The id and the address for the bytes.</summary>
    public (string Id, Uri Address) Begin(string name, long length, string? altText)
    {
        var upload = new Upload(workspace.Mint.Id('F'), Mint.Secret(), name, altText, length, null);
        lock (gate)
        {
            byId[upload.Id] = upload;
        }

        return (upload.Id, new Uri(workspace.Addresses.Origin, "upload/v1/" + upload.Secret));
    }

    /// <summary>Takes the bytes. False when the address is none, or as many were not announced.</summary>
    public bool Take(string secret, byte[] content)
    {
        lock (gate)
        {
            if (
                byId.Values.FirstOrDefault(u => u.Secret == secret) is not { } upload
                || upload.Length != content.Length
            )
            {
                return false;
            }

            byId[upload.Id] = upload with { Content = content };
            return true;
        }
    }

    /// <summary>The file; null when its bytes never came, or it was taken before.</summary>
    public StoredFile? End(string id, string? title)
    {
        lock (gate)
        {
            if (byId.GetValueOrDefault(id) is not { Content: { } content } upload)
            {
                return null;
            }

            byId.Remove(id);
            return new StoredFile(
                id,
                upload.Name,
                title ?? upload.Name,
                MimeType(upload.Name),
                content,
                upload.AltText
            );
        }
    }

    public bool IsKnown(string id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id) is { Content: not null };
        }
    }

    private static string MimeType(string name) =>
        Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".PNG" => "image/png",
            ".JPG" or ".JPEG" => "image/jpeg",
            ".GIF" => "image/gif",
            ".SVG" => "image/svg+xml",
            ".PDF" => "application/pdf",
            ".JSON" => "application/json",
            ".CSV" => "text/csv",
            ".TXT" or ".LOG" or ".MD" => "text/plain",
            _ => "application/octet-stream",
        };
}
