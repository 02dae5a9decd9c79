using System.Security.Cryptography;
using Glancy.Ops.Connectors.Bastion;
using static Glancy.Ops.Tests.Connectors.Bastion.BastionFixture;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>Reads, digests and output.</summary>
public sealed class ReadTests(BastionFixture bastion) : IClassFixture<BastionFixture>
{
    private readonly IBastion _client = bastion.Client();

    [Fact]
    public async Task A_read_gives_what_was_printed_without_the_warnings()
    {
        var read = await ReadAsync("show", "word", "hello");
        Assert.Equal((0, "shown: hello\n", true), (read.ExitCode, read.Text, read.Succeeded));
    }

    [Fact]
    public async Task A_failed_read_keeps_its_error_output()
    {
        var read = await ReadAsync("show", "word", "fail");
        Assert.Equal((4, "shown: fail\nwarning\n", false), (read.ExitCode, read.Text, read.Succeeded));
    }

    [Fact]
    public async Task A_read_past_its_deadline_ends_with_124()
    {
        Assert.Equal(124, (await ReadAsync("wait", "seconds", "30")).ExitCode);
    }

    [Fact]
    public async Task Reads_leave_nothing_behind()
    {
        await ReadAsync("show", "word", "trace");
        Assert.Empty(Directory.GetFiles(bastion.State, "read.*"));
        Assert.Empty(Directory.GetDirectories(Path.Combine(bastion.State, "keys"), "*trace*"));
    }

    [Fact]
    public async Task A_digest_is_that_of_the_script_and_changes_with_it()
    {
        var before = await DigestAsync("flood");
        Assert.Equal(
            Convert.ToHexStringLower(
                SHA256.HashData(
                    await File.ReadAllBytesAsync(Path.Combine(bastion.Server.Folder, "bin", "flood"), Token)
                )
            ),
            before
        );
        Assert.Equal(await DigestAsync("note"), await DigestAsync("wait"));

        bastion.Install("flood", "echo changed");

        Assert.NotEqual(before, await DigestAsync("flood"));
    }

    [Fact]
    public async Task Output_is_read_piece_by_piece_while_the_command_runs()
    {
        bastion.Install(
            "hold",
            "printf 'half of 你'; printf 'a\\xe4\\xbd'; until [[ -e released-$1 ]]; do sleep 0.02; done; printf '\\xa0b'"
        );
        var start = Start(bastion.NewRun(), "hold", "name", "pieces");
        await _client.StartAsync(start, Token);

        BastionOutput.Piece? first = null;
        await UntilAsync(async () =>
            (first = await PieceAsync(start.Key, 0)).Text.Length > 0 && first.Text.EndsWith('a')
        );
        Assert.Equal(("half of 你a", BastionState.Running), (first?.Text, first?.State));
        bastion.Release("pieces");
        await EndAsync(_client, start.Key);
        var second = await PieceAsync(start.Key, first?.NextOffset ?? 0);
        Assert.Equal(("你b", BastionState.Exited), (second.Text, second.State));
        Assert.Equal("", (await PieceAsync(start.Key, second.NextOffset)).Text);
        Assert.Equal("", (await PieceAsync(start.Key, 1_000_000_000)).Text);
    }

    [Fact]
    public async Task Of_a_flood_the_first_mebibyte_is_kept_and_the_rest_counted()
    {
        bastion.Install("flood", "head -c 3000000 /dev/zero | tr '\\0' x");
        var start = Start(bastion.NewRun(), "flood", "", "") with { Parameters = new Dictionary<string, string>() };
        await _client.StartAsync(start, Token);
        var end = await EndAsync(_client, start.Key);
        var text = (await PieceAsync(start.Key, 0)).Text;
        Assert.True(end.Succeeded);
        Assert.Equal(new string('x', 1 << 20) + $"\n[{3_000_000 - (1 << 20)} more bytes were not kept]\n", text);
    }

    private async Task<BastionReading.Read> ReadAsync(string command, string name, string value) =>
        Assert.IsType<BastionReading.Read>(
            await _client.ReadAsync(command, new Dictionary<string, string> { [name] = value }, Token)
        );

    private async Task<BastionOutput.Piece> PieceAsync(string key, long offset) =>
        Assert.IsType<BastionOutput.Piece>(await _client.OutputAsync(key, offset, Token));

    private async Task<string> DigestAsync(string command) =>
        Assert.IsType<BastionReading.Read>(await _client.DigestAsync(command, Token)).Digest ?? "";
}
