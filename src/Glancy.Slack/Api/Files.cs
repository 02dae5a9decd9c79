using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Glancy.Slack.Api;

/// <summary>A file to show.</summary>
/// <param name="ChannelId">Null keeps it private.</param>
/// <param name="AltText">For who cannot see the picture.</param>
public sealed record FileUpload(
    string FileName,
    ReadOnlyMemory<byte> Content,
    string? Title = null,
    string? AltText = null,
    string? ChannelId = null,
    string? ThreadTs = null,
    string? InitialComment = null
);

public sealed record UploadedFile(string Id, string? Title);

/// <summary><c>files.*</c></summary>
public interface IFilesApi
{
    /// <summary>
    /// An address, the bytes, and the sharing: three calls. Only the last one shows anything; until then a failure has
    /// changed nothing, there a lost answer leaves it in doubt.
    /// </summary>
    Task<SlackResult<UploadedFile>> Upload(FileUpload file, CancellationToken cancellationToken);
}

internal sealed class FilesApi(Caller caller, Wire wire, ForeignAddress addresses, SlackLane lane) : IFilesApi
{
    public async Task<SlackResult<UploadedFile>> Upload(FileUpload file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var form = SlackCall.Read(
            "files.getUploadURLExternal",
            ("filename", file.FileName),
            ("length", file.Content.Length.ToString(CultureInfo.InvariantCulture)),
            ("alt_txt", file.AltText)
        );
        var ticket = await caller.CallAsync(form, lane, Read, cancellationToken);
        if (ticket is not SlackOk<Ticket> { Value: var place })
        {
            return Passed<UploadedFile, Ticket>(ticket);
        }

        if (!addresses.TakesBytes(place.Address))
        {
            return new SlackFailed<UploadedFile>(ForeignAddress.Refused(place.Address));
        }

        // Bytes without the third call are seen by nobody, so this may be repeated like a read.
        var bytes = await caller.CallAsync(
            new SlackCall("files.bytes", SlackEffect.Read),
            lane,
            token => wire.PostAsync(place.Address, new ReadOnlyMemoryContent(file.Content), Stored, token),
            _ => SlackDone.Value,
            cancellationToken
        );
        if (bytes is not SlackOk<SlackDone>)
        {
            return Passed<UploadedFile, SlackDone>(bytes);
        }

        var sharing = new
        {
            files = new[] { new { id = place.FileId, title = file.Title ?? file.FileName } },
            channel_id = file.ChannelId,
            thread_ts = file.ThreadTs,
            initial_comment = file.InitialComment,
        };
        return await caller.CallAsync(
            new SlackCall("files.completeUploadExternal", SlackEffect.Once, sharing),
            lane,
            Uploaded,
            cancellationToken
        );
    }

    private static Answer Stored(HttpStatusCode status, TimeSpan? after, byte[] body) =>
        (int)status switch
        {
            429 => new Answer.TooMuch(after),
            >= 200 and < 300 => new Answer.Yes(default),
            >= 500 => new Answer.Doubt($"HTTP {(int)status}"),
            _ => new Answer.No($"http_{(int)status}", []),
        };

    private static Ticket? Read(JsonElement json) =>
        json.Text("file_id") is { } id && Uri.TryCreate(json.Text("upload_url"), UriKind.Absolute, out var address)
            ? new Ticket(id, address)
            : null;

    private static UploadedFile? Uploaded(JsonElement json) =>
        json.TryGetProperty("files", out var files)
        && files.ValueKind == JsonValueKind.Array
        && files.GetArrayLength() > 0
        && files[0].Text("id") is { } id
            ? new UploadedFile(id, files[0].Text("title"))
            : null;

    // Nothing was shown yet, so what is in doubt here has simply failed.
    private static SlackFailed<TOut> Passed<TOut, TIn>(SlackResult<TIn> result) =>
        result switch
        {
            SlackFailed<TIn> failed => new SlackFailed<TOut>(failed.Error),
            SlackUnknown<TIn> unknown => new SlackFailed<TOut>(
                new SlackError(SlackErrorKind.Unavailable, "unavailable", [unknown.Reason])
            ),
            _ => throw new InvalidOperationException("only what failed is passed on"),
        };

    private sealed record Ticket(string FileId, Uri Address);
}
