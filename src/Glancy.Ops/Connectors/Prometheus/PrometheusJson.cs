using System.Globalization;
using System.Text.Json;

namespace Glancy.Ops.Connectors.Prometheus;

/// <summary>Reads an answer of <c>/api/v1/query</c>. Whatever does not fit is a bad answer.</summary>
internal static class PrometheusJson
{
    public static PrometheusAnswer Read(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Answer(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            // A gateway's error page stands for a Prometheus that is away.
            return status is 502 or 503 or 504
                ? new PrometheusAnswer.Unreachable("HTTP " + status.ToString(CultureInfo.InvariantCulture))
                : new PrometheusAnswer.BadAnswer("HTTP " + status.ToString(CultureInfo.InvariantCulture) + ": " + e.Message);
        }
    }

    private static PrometheusAnswer Answer(JsonElement root)
    {
        if (root.GetProperty("status").GetString() != "success")
        {
            var error = root.GetProperty("errorType").GetString();
            return error == "timeout"
                ? new PrometheusAnswer.TimedOut()
                : new PrometheusAnswer.BadAnswer($"{error}: {root.GetProperty("error").GetString()}");
        }

        var data = root.GetProperty("data");
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
                return new PrometheusAnswer.BadAnswer(result.GetArrayLength().ToString(CultureInfo.InvariantCulture) + " series");
            case var other:
                return new PrometheusAnswer.BadAnswer("result type " + other);
        }
    }

    // [time, "value"]; Prometheus writes "NaN", "+Inf" and "-Inf".
    private static PrometheusAnswer Number(JsonElement sample)
    {
        var text = sample[1].GetString();
        if (text is "NaN" or "+Inf" or "-Inf" or "Inf")
        {
            return new PrometheusAnswer.NotANumber();
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new PrometheusAnswer.Scalar(value)
            : new PrometheusAnswer.BadAnswer("value " + text);
    }
}
