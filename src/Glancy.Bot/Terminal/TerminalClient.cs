using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Glancy.Bot.Commands.Words;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Terminal;

/// <summary>
/// What a person starts: sends the words to a replica and shows what comes back. It knows no command itself.
/// </summary>
internal static class TerminalClient
{
    private const int Unreachable = 3;
    private const int Left = 130;
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Runs one command line; the exit code is the answer's, 3 when no replica answers, 130 after Ctrl-C.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var environment = TerminalEnvironment.Read(
            Environment.GetEnvironmentVariable,
            Console.IsOutputRedirected,
            () => Console.WindowWidth
        );
        using var leaving = new CancellationTokenSource();
        ConsoleCancelEventHandler leave = (_, pressed) =>
        {
            pressed.Cancel = true;
            leaving.Cancel();
        };
        Console.CancelKeyPress += leave;
        try
        {
            return await RunAsync(args, environment, Console.Out, Console.Error, leaving.Token);
        }
        finally
        {
            Console.CancelKeyPress -= leave;
        }
    }

    /// <summary>The same with its surroundings given.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        TerminalEnvironment environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        if (
            await OwnFolder.LintAsync(args, environment, language => Words(language ?? environment.Culture), output) is
            { } linted
        )
        {
            return linted;
        }

        if (
            await OwnHelp.AnswerAsync(
                args,
                environment,
                language => Words(language ?? environment.Culture),
                output,
                errors
            ) is
            { } helped
        )
        {
            return helped;
        }

        var request = new TerminalRequest(
            args,
            null,
            environment.Culture,
            environment.Width,
            environment.Colour,
            environment.Program
        );
        foreach (var path in environment.Sockets)
        {
            try
            {
                if (await ConnectAsync(path, cancellationToken) is not { } socket)
                {
                    continue;
                }

                return await AskAsync(socket, request, output, errors, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await errors.WriteLineAsync(Words(LanguageOf(args) ?? environment.Culture).Plain("terminal.left"));
                return Left;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
            {
                // It had the words, so no other replica is given them.
                await errors.WriteLineAsync(Words(LanguageOf(args) ?? environment.Culture).Plain("terminal.broken"));
                return Unreachable;
            }
        }

        var words = Words(LanguageOf(args) ?? environment.Culture);
        await errors.WriteLineAsync(
            words.Plain(
                "terminal.unreachable",
                environment.Sockets.Count == 0 ? words["terminal.no-socket"] : string.Join(", ", environment.Sockets)
            )
        );
        return Unreachable;
    }

    private static async Task<Socket?> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectPatience);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), patience.Token);
            return socket;
        }
        catch (Exception e)
            when (e is SocketException or ArgumentException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            socket.Dispose();
            return null;
        }
    }

    private static async Task<int> AskAsync(
        Socket socket,
        TerminalRequest request,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new NetworkStream(socket, ownsSocket: true)),
        };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, TerminalJson.Options));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, "http://glancy/terminal") { Content = body };
        using var response = await client.SendAsync(
            message,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException(response.StatusCode.ToString());
        }

        using var answer = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        await foreach (var line in LinesAsync(answer, cancellationToken))
        {
            var piece = TerminalPiece.Read(line) ?? throw new IOException("The answer is none.");
            if (piece.Exit is { } exit)
            {
                return exit;
            }

            await output.WriteAsync(piece.Out);
            await errors.WriteAsync(piece.Err);
            await output.FlushAsync(cancellationToken);
        }

        throw new IOException("The answer ended before its end.");
    }

    // Ended by a line feed alone: what a script prints may return to the beginning of its line.
    private static async IAsyncEnumerable<string> LinesAsync(
        StreamReader answer,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (buffer, line) = (new char[4096], new StringBuilder());
        int read;
        while ((read = await answer.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var pieces = new string(buffer, 0, read).Split('\n');
            foreach (var ended in pieces[..^1])
            {
                yield return line.Append(ended).ToString();
                line.Clear();
            }

            line.Append(pieces[^1]);
        }
    }

    // Only for what no replica can say.
    private static Phrasebook Words(string? language)
    {
        var factory = new ResourceManagerStringLocalizerFactory(
            Options.Create(new LocalizationOptions()),
            NullLoggerFactory.Instance
        );
        return new Phrasebooks(factory).In(
            language?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true
                ? Phrasebooks.English
                : Phrasebooks.Chinese
        );
    }

    // The language option is found without the grammar.
    private static string? LanguageOf(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i].StartsWith("--lang=", StringComparison.Ordinal))
            {
                return args[i]["--lang=".Length..];
            }

            if (args[i] == "--lang" && i + 1 < args.Count)
            {
                return args[i + 1];
            }
        }

        return null;
    }
}
