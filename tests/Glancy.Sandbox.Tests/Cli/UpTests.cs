using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Glancy.Sandbox.Cli;

namespace Glancy.Sandbox.Tests.Cli;

/// <summary>A port that somebody has is one line, and no trace.</summary>
public sealed class UpTests : IDisposable
{
    private const int UsualPort = 7080;
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, "端口 {0} 已被占用；用 --page-port 另选一个。")]
    [InlineData(false, "Port {0} is taken; choose another with --page-port.")]
    public async Task A_chosen_port_that_is_taken_is_refused_before_anything_is_started(bool chinese, string line)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (output, errors) = (new StringWriter(), new StringWriter());

        var exit = await SandboxCommand
            .Build(new SandboxWords(chinese))
            .Parse([
                "up",
                "--page-port",
                port,
                "--once-ready",
                "--replicas",
                "0",
                "--root",
                Repository.Root,
                "--dir",
                folder.In("w"),
            ])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, Token);

        Assert.Equal(
            (1, "", string.Format(CultureInfo.InvariantCulture, line, port) + "\n"),
            (exit, output.ToString(), errors.ToString())
        );
        Assert.False(Directory.Exists(folder.In("w")));
    }

    [Fact]
    public async Task Where_the_usual_port_is_taken_the_page_is_elsewhere_and_that_is_said_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, UsualPort);
        try
        {
            other.Start();
        }
        catch (SocketException)
        {
            // Somebody's own world has it: it is taken all the same.
        }

        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(SandboxCommand).Assembly.Location,
                "up",
                "--once-ready",
                "--replicas",
                "0",
                "--begin",
                "Overload",
                "--lang",
                "en",
                "--root",
                Repository.Root,
                "--dir",
                folder.In("w"),
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The sandbox did not start.");
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        Assert.True(process.ExitCode == 0, await errors);
        Assert.Empty(await errors);
        Assert.Matches(@"(?m)^7080 is taken; the page is at http://localhost:[0-9]+/$", output);
        Assert.DoesNotContain("fail:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Contains("REL-B3 has been at 15 %", output, StringComparison.Ordinal);
    }
}
