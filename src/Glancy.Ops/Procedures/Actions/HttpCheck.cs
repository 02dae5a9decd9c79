using System.Globalization;
using System.Text.Json;
using Glancy.Ops.Connectors.Web;
using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// <c>http.check</c>: a request to the product whose answer has to meet every expectation (§4.4 step 4).
/// </summary>
internal sealed class HttpCheck(ProductWeb web) : IAction<HttpCheck>
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    /// <summary>
    /// <c>expect</c> lists what the answer has to meet: status=200, json:degraded=true, json:examples.length>=1,
    /// header:X-Trace-Id, seconds&lt;=2.5.
    /// </summary>
    public static ActionSpec Spec { get; } =
        new("http.check", EffectClass.None, [new("case", false), new("path", true), new("expect", true, IsList: true)])
        {
            Expects = true,
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        return StepIntent.Nothing($"curl -i $GLANCY{arguments["path"]}");
    }

    public async Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        var arguments = execution.Arguments;
        var answer = await web.GetAsync(arguments["path"], cancellationToken);
        var evidence = new Dictionary<string, string> { ["case"] = arguments["case"] };
        string? unmet;
        if (answer is null)
        {
            unmet = "unreachable";
        }
        else
        {
            evidence["status"] = answer.Status.ToString(CultureInfo.InvariantCulture);
            evidence["seconds"] = answer.Seconds.ToString("0.###", CultureInfo.InvariantCulture);
            if (answer.Headers.TryGetValue("X-Trace-Id", out var trace))
            {
                evidence["trace_id"] = trace;
            }

            unmet = arguments.List("expect").FirstOrDefault(expectation => !Expectation.Holds(expectation, answer));
        }

        if (unmet is null)
        {
            return new StepResult.Done(evidence);
        }

        evidence["unmet"] = unmet;
        if (execution.Now + AskAgain <= execution.Step.DeadlineAt)
        {
            return new StepResult.WaitUntil(execution.Now + AskAgain, evidence);
        }

        var pause = arguments.Step.Phase == StepPhase.Verify ? PauseReason.Unverified : PauseReason.Failed;
        return new StepResult.Failed(new Refusal("check-failed", "§4.4", execution.Step.Id, unmet), evidence, pause);
    }
}

/// <summary>
/// One expectation: <c>status=200</c>, <c>seconds&lt;=2.5</c>, <c>header:Name</c>, <c>json:path=value</c>,
/// <c>json:path.length&gt;=1</c>.
/// </summary>
internal static class Expectation
{
    /// <summary>Whether the text is an expectation at all; the lint asks.</summary>
    public static bool IsWellFormed(string text)
    {
        return text.StartsWith("header:", StringComparison.Ordinal) ? text.Length > 7 : Split(text) is not null;
    }

    /// <summary>Whether the answer meets it; what cannot be read is not met.</summary>
    public static bool Holds(string text, WebAnswer answer)
    {
        if (text.StartsWith("header:", StringComparison.Ordinal))
        {
            return answer.Headers.TryGetValue(text[7..], out var header) && header.Length > 0;
        }

        if (Split(text) is not var (subject, comparison, wanted))
        {
            return false;
        }

        var actual = subject switch
        {
            "status" => answer.Status.ToString(CultureInfo.InvariantCulture),
            "seconds" => answer.Seconds.ToString(CultureInfo.InvariantCulture),
            _ => Json(answer.Body, subject["json:".Length..]),
        };
        if (actual is null)
        {
            return false;
        }

        if (comparison == "=")
        {
            return actual == wanted;
        }

        return double.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
            && double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
            && (comparison == "<=" ? left <= right : left >= right);
    }

    private static (string Subject, string Comparison, string Wanted)? Split(string text)
    {
        foreach (var comparison in new[] { "<=", ">=", "=" })
        {
            var at = text.IndexOf(comparison, StringComparison.Ordinal);
            if (at > 0)
            {
                var subject = text[..at];
                return subject is "status" or "seconds" || subject.StartsWith("json:", StringComparison.Ordinal)
                    ? (subject, comparison, text[(at + comparison.Length)..])
                    : null;
            }
        }

        return null;
    }

    private static string? Json(string body, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var element = document.RootElement;
            foreach (var part in path.Split('.'))
            {
                if (part == "length" && element.ValueKind is JsonValueKind.Array or JsonValueKind.String)
                {
                    return element.ValueKind == JsonValueKind.Array
                        ? element.GetArrayLength().ToString(CultureInfo.InvariantCulture)
                        : (element.GetString() ?? "").Length.ToString(CultureInfo.InvariantCulture);
                }

                if (
                    element.ValueKind == JsonValueKind.Array
                    && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < element.GetArrayLength()
                )
                {
                    element = element[index];
                }
                else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                {
                    return null;
                }
            }

            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                JsonValueKind.Number => element.GetRawText(),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
