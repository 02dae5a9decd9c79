using System.Globalization;
using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Control;

/// <summary>
/// The product as a client sees it: <c>/api/v1/lookup</c>, <c>/api/v1/quota</c>, <c>/actuator/health</c>. It answers as
/// the model's state says, each request by the next throw of dice.
/// </summary>
internal sealed class ProductApi(Func<ToolDesk> desk, long seed)
{
    private const double SlowestHealthy = 1.5;
    private const double Slowest = 6;
    private const int QuotaLimit = 500;

    // A healthy world refuses a request in two hundred; a client that sends a handful never sees that.
    private const double Unnoticed = 0.01;
    private long requests;

    public void Map(WebApplication app)
    {
        app.MapGet("/api/v1/lookup", LookupAsync);
        app.MapGet("/api/v1/quota", QuotaAsync);
        app.MapGet(
            "/actuator/health",
            http =>
                http.Response.WriteAsJsonAsync(
                    new { status = "UP", components = new { llmAdapter = new { status = "UP" } } }
                )
        );
    }

    private async Task LookupAsync(HttpContext http)
    {
        var word = http.Request.Query["word"].ToString();
        var trace = NextTrace(out var noise);
        http.Response.Headers["X-Trace-Id"] = trace;
        LimitHeaders(http);
        if (word.Length == 0)
        {
            await FailAsync(http, 400, "WORD_MISSING", trace);
            return;
        }

        var (colour, answers) = desk()
            .Look(model =>
            {
                var colour =
                    noise.Uniform() < model.Train.ShareOf(model.Train.NewColour)
                        ? model.Train.NewColour
                        : model.Train.OldColour;
                // The share of lookups that no cache answers, as the model's traffic has it.
                return (colour, LookupAnswers.Of(model.Now(desk().Now, 0, noise), colour, wanted: 0.3, model.Doubao));
            });
        http.Response.Headers["X-Colour"] = colour;
        if (noise.Uniform() < answers.Refused - Unnoticed)
        {
            await FailAsync(http, 429, "RATE_LIMITED", trace);
            return;
        }

        var healthy = answers.Duration.Median < 1;
        await Task.Delay(
            TimeSpan.FromSeconds(Math.Min(answers.Duration.Draw(noise), healthy ? SlowestHealthy : Slowest)),
            http.RequestAborted
        );

        var dice = noise.Uniform();
        if (dice < answers.Failed - 0.001)
        {
            await FailAsync(http, 500, "INTERNAL", trace);
        }
        else if (dice < answers.Failed + answers.Unavailable - 0.001)
        {
            await FailAsync(http, 503, "UPSTREAM_UNAVAILABLE", trace);
        }
        else
        {
            // A share that nobody notices is left out; what is degraded by a switch is degraded without exception.
            await AnswerAsync(
                http,
                word,
                noise.Uniform() < (answers.Degraded > 0.99 ? 1 : answers.Degraded - 0.003),
                trace
            );
        }
    }

    private Task AnswerAsync(HttpContext http, string word, bool degraded, string trace)
    {
        var count = degraded ? 1 : (int)desk().Look(m => m.Flags.Number(Flags.Examples));
        return http.Response.WriteAsJsonAsync(
            new
            {
                word,
                basic = new { definition = $"{word}: as the dictionary has it" },
                examples = Enumerable
                    .Range(1, count)
                    .Select(i => new
                    {
                        text = degraded ? $"This is a sentence with {word}." : $"Example {i} around {word}.",
                        source = degraded ? "template" : "llm",
                    }),
                degraded,
                trace_id = trace,
            },
            http.RequestAborted
        );
    }

    private async Task QuotaAsync(HttpContext http)
    {
        var trace = NextTrace(out var noise);
        var used = (int)noise.Between(10, 400);
        var shown = noise.Uniform() < desk().Look(m => 0.04 * m.Faults[Faults.QuotaMismatch]) ? used + 1 : used;
        http.Response.Headers["X-Trace-Id"] = trace;
        LimitHeaders(http);
        http.Response.Headers["X-Quota-Used"] = shown.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Quota-Limit"] = QuotaLimit.ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsJsonAsync(
            new
            {
                used,
                limit = QuotaLimit,
                trace_id = trace,
            },
            http.RequestAborted
        );
    }

    private static Task FailAsync(HttpContext http, int status, string code, string trace)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new
            {
                error_code = code,
                degraded = false,
                trace_id = trace,
            },
            http.RequestAborted
        );
    }

    // §6.2: what a client may ask in a minute.
    private void LimitHeaders(HttpContext http) =>
        http.Response.Headers["X-RateLimit-Limit"] = desk().Look(m => m.Flags[Flags.UserRpm]);

    private string NextTrace(out Noise noise)
    {
        noise = new Noise(seed, DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref requests)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(ulong)(noise.Uniform() * ulong.MaxValue):x16}{(ulong)(noise.Uniform() * ulong.MaxValue):x16}"
        );
    }
}
