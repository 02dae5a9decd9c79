namespace Glancy.Sandbox.Slack.Api;

/// <summary>The bytes of a file: the body itself, or the one file of a form.</summary>
internal static class UploadBody
{
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellationToken);
            if (form.Files.Count > 0)
            {
                await form.Files[0].CopyToAsync(bytes, cancellationToken);
            }
        }
        else
        {
            await request.Body.CopyToAsync(bytes, cancellationToken);
        }

        return bytes.ToArray();
    }
}
