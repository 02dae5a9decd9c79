using System.Globalization;
using System.Text.Json;

namespace Glancy.Ops.Connectors.Prometheus;

/// <summary>
/// Reads an answer of <c>/api/v1/query</c> and <c>/api/v1/query_range</c>. Whatever does not fit is a bad answer.
/// </summary>
internal static class PrometheusJson
{
    public static PrometheusAnswer Read(int status, ReadOnlyMemory<byte> body) =>
        Parse(status, body, Answer, trouble => trouble);

    public static PrometheusSeries ReadSeries(int status, ReadOnlyMemory<byte> body) =>
        Parse(status, body, Series, trouble => new PrometheusSeries.None(trouble));

    private static T Parse<T>(
        int status,
        ReadOnlyMemory<byte> body,
        Func<JsonElement, T> answer,
        Func<PrometheusAnswer, T> trouble
    )
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return (Refused(json.RootElement) ?? Partial(json.RootElement)) is { } why
                ? trouble(why)
                : answer(json.RootElement.GetProperty("data"));
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or IndexOutOfRangeException
                        or ArgumentOutOfRangeException
            )
        {
            // A gateway's error page stands for a Prometheus that is away.
            var http = "HTTP " + status.ToString(CultureInfo.InvariantCulture);
            return trouble(
                status is 502 or 503 or 504
                    ? new PrometheusAnswer.Unreachable(http)
                    : new PrometheusAnswer.BadAnswer($"{http}, {Looks(body.Span, e)}")
            );
        }
    }

    private static PrometheusAnswer? Refused(JsonElement root)
    {
        if (root.GetProperty("status").GetString() == "success")
        {
            return null;
        }

        var error = root.GetProperty("errorType").GetString();
        return error == "timeout"
            ? new PrometheusAnswer.TimedOut()
            : new PrometheusAnswer.BadAnswer($"{error}: {root.GetProperty("error").GetString()}");
    }

    // Prometheus and Thanos list warnings, VictoriaMetrics sets a flag. Infos are about the query's style, and leave
    // the answer whole.
    private static PrometheusAnswer.Partial? Partial(JsonElement root)
    {
        var warnings =
            root.TryGetProperty("warnings", out var listed) && listed.ValueKind != JsonValueKind.Null
                ? listed
                    .EnumerateArray()
                    .Select(w => w.ValueKind == JsonValueKind.String ? w.GetString() : w.GetRawText())
                    .ToList()
                : [];
        if (
            root.TryGetProperty("isPartial", out var flag)
            && flag.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)
        )
        {
            warnings.Add("isPartial");
        }

        return warnings.Count == 0 ? null : new PrometheusAnswer.Partial(string.Join("; ", warnings));
    }

    // What a person can act on: a page of HTML is a login or a wrong address, not a fault of the query.
    private static string Looks(ReadOnlySpan<byte> body, Exception trouble)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? "empty"
            : text[0] == (byte)'<' ? "HTML"
            : trouble is JsonException ? "not JSON"
            : "JSON, but not of Prometheus";
    }

    private static PrometheusAnswer Answer(JsonElement data)
    {
        var result = data.GetProperty("result");
        switch (data.GetProperty("resultType").GetString())
        {
            case "scalar":
                return Number(result);
            case "vector" when result.GetArrayLength() == 0:
                return new PrometheusAnswer.NoData();
            case "vector" when result.GetArrayLength() == 1:
                return Number(result[0].GetProperty("value"));
            case "vector":
                return Several(result);
            case var other:
                return new PrometheusAnswer.BadAnswer("result type " + other);
        }
    }

    private static PrometheusSeries Series(JsonElement data)
    {
        var result = data.GetProperty("result");
        switch (data.GetProperty("resultType").GetString())
        {
            case "matrix" when result.GetArrayLength() == 0:
                return new PrometheusSeries.None(new PrometheusAnswer.NoData());
            case "matrix" when result.GetArrayLength() > 1:
                return new PrometheusSeries.None(Several(result));
            case "matrix":
                break;
            case var other:
                return new PrometheusSeries.None(new PrometheusAnswer.BadAnswer("result type " + other));
        }

        var points = new List<PrometheusPoint>();
        foreach (var sample in result[0].GetProperty("values").EnumerateArray())
        {
            switch (Number(sample))
            {
                case PrometheusAnswer.Scalar scalar:
                    points.Add(
                        new PrometheusPoint(
                            DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(sample[0].GetDouble() * 1000)),
                            scalar.Value
                        )
                    );
                    break;
                case PrometheusAnswer.BadAnswer bad:
                    return new PrometheusSeries.None(bad);
            }
        }

        return points.Count == 0
            ? new PrometheusSeries.None(new PrometheusAnswer.NotANumber())
            : new PrometheusSeries.Points(points);
    }

    private static PrometheusAnswer.BadAnswer Several(JsonElement result) =>
        new(result.GetArrayLength().ToString(CultureInfo.InvariantCulture) + " series");

    // [time, "value"]; Prometheus writes "NaN", "+Inf" and "-Inf".
    private static PrometheusAnswer Number(JsonElement sample)
    {
        var text = sample[1].GetString();
        if (text is "NaN" or "+Inf" or "-Inf" or "Inf")
        {
            return new PrometheusAnswer.NotANumber();
        }

        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? new PrometheusAnswer.Scalar(value)
            : new PrometheusAnswer.BadAnswer("value " + text);
    }
}
