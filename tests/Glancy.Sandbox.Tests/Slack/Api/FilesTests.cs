using System.Text;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack.Api;

/// <summary>Files: an address, the bytes, the sharing.</summary>
public sealed class FilesTests(SlackHouse house) : IClassFixture<SlackHouse>
{
    [Fact]
    public async Task A_file_is_shown_once_its_bytes_have_come()
    {
        var (id, address) = await BeginAsync("chart.png", 6);
        Assert.Equal("file_not_found", await CompleteAsync(id));

        Assert.Equal("OK - 6", await SendAsync(address, Encoding.UTF8.GetBytes("数据")));
        Assert.Equal("ok", await CompleteAsync(id));

        var file = house.Workspace.Files.Find(id);
        Assert.Equal(("Chart", "image/png", 6), (file?.Title, file?.MimeType, file?.Content.Length));
        Assert.Equal([id], house.Workspace.Board.In(Team.OpsChannel)[^1].Files);
        Assert.Equal("file_not_found", await CompleteAsync(id));
    }

    [Fact]
    public async Task As_many_bytes_are_taken_as_were_announced()
    {
        var (id, address) = await BeginAsync("chart.png", 5);

        Assert.NotEqual("OK - 6", await SendAsync(address, Encoding.UTF8.GetBytes("数据")));
        Assert.Equal("file_not_found", await CompleteAsync(id));
    }

    private async Task<(string Id, Uri Address)> BeginAsync(string name, int length)
    {
        var ticket = await house.FormAsync("files.getUploadURLExternal", ("filename", name), ("length", $"{length}"));
        return (
            ticket.GetProperty("file_id").GetString() ?? "",
            new Uri(ticket.GetProperty("upload_url").GetString() ?? "")
        );
    }

    private static async Task<string> SendAsync(Uri address, byte[] bytes)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(
            address,
            new ByteArrayContent(bytes),
            TestContext.Current.CancellationToken
        );
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private Task<string> CompleteAsync(string id) =>
        house.ErrorAsync(
            "files.completeUploadExternal",
            new { files = new[] { new { id, title = "Chart" } }, channel_id = Team.OpsChannel }
        );
}
