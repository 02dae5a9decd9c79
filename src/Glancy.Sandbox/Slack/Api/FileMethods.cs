using System.Text.Json;

namespace Glancy.Sandbox.Slack.Api;

/// <summary><c>files.*</c></summary>
internal sealed class FileMethods(Workspace workspace, Uploads uploads)
{
    public Dictionary<string, Func<ApiCall, ApiAnswer>> All =>
        new()
        {
            ["files.getUploadURLExternal"] = Begin,
            ["files.completeUploadExternal"] = Complete,
            ["files.info"] = call =>
                workspace.Files.Find(call.Text("file") ?? "") is { } file
                    ? ApiAnswer.Yes(new { File = MessageJson.Of(file) })
                    : ApiAnswer.No("file_not_found"),
        };

    private ApiAnswer Begin(ApiCall call)
    {
        if (call.Text("filename") is not { } name)
        {
            return ApiAnswer.Missing("filename");
        }

        if (call.Number("length", 0, int.MaxValue) is not (> 0 and var length))
        {
            return ApiAnswer.Missing("length");
        }

        var (id, address) = uploads.Begin(name, length, call.Text("alt_txt"));
        return ApiAnswer.Yes(new { UploadUrl = address.AbsoluteUri, FileId = id });
    }

    private ApiAnswer Complete(ApiCall call)
    {
        if (call.Json("files") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            return ApiAnswer.Missing("files");
        }

        Channel? channel = null;
        if ((call.Text("channel_id") ?? call.Text("channels")) is { } id)
        {
            channel = workspace.Members.Channel(id);
            if (channel is null)
            {
                return ApiAnswer.No("channel_not_found");
            }

            if (!channel.Members.Contains(Team.BotUser))
            {
                return ApiAnswer.No("not_in_channel");
            }
        }

        if (list.EnumerateArray().Any(f => !uploads.IsKnown(f.Text("id") ?? "")))
        {
            return ApiAnswer.No("file_not_found");
        }

        var files = list.EnumerateArray()
            .Select(f => uploads.End(f.Text("id") ?? "", f.Text("title")))
            .OfType<StoredFile>()
            .Select(f => f with { Channels = channel is null ? [] : [channel.Id] })
            .ToList();
        files.ForEach(workspace.Files.Put);
        if (channel is not null)
        {
            workspace.Post(
                new Message(channel.Id, "", Team.BotUser, call.Text("initial_comment") ?? "")
                {
                    BotId = Team.Bot,
                    Subtype = "file_share",
                    ThreadTs = call.Text("thread_ts"),
                    Files = [.. files.Select(f => f.Id)],
                }
            );
        }

        return ApiAnswer.Yes(new { Files = files.Select(MessageJson.Of) });
    }
}
