using System.Text;
using Glancy.Ops.Kernel.Audit;

namespace Glancy.Ops.Tests.Audit;

/// <summary>The quick look says "the same" only of what who reads documents finds the same too.</summary>
public sealed class AuditCopyTests
{
    private const string At = "2025-04-18T01:20:00.000000Z";
    private const string Body =
        $"{{\"action\":\"on\",\"actor\":\"lin\",\"at\":\"{At}\",\"detail\":{{\"a\":\"第一\",\"bb\":\"2\"}},"
        + "\"run\":\"R-1\"}";
    private const string Copy =
        $"{{\"at\": \"{At}\", \"run\": \"R-1\", \"actor\": \"lin\", \"action\": \"on\", "
        + "\"detail\": {\"a\": \"第一\", \"bb\": \"2\"}}";

    [Fact]
    public void An_event_as_it_is_written_is_the_same_at_once()
    {
        Assert.True(Same(Body, Copy));
        var entry = new AuditEntry("lin", "on", "lamp") { Role = "primary", Detail = new Dictionary<string, string>() };
        Assert.True(
            Same(
                Encoding.UTF8.GetString(entry.Canonical(DateTimeOffset.Parse(At, null))),
                $"{{\"at\": \"{At}\", \"role\": \"primary\", \"actor\": \"lin\", \"action\": \"on\", "
                    + "\"target\": \"lamp\"}"
            )
        );
    }

    [Fact]
    public void Whatever_byte_is_changed_missing_or_doubled_it_is_never_more_lenient_than_reading()
    {
        var random = new Random(5);
        var letters = "{}\":,\\ a1在\n\u0001[]"u8.ToArray();
        for (var i = 0; i < 40_000; i++)
        {
            var (body, copy) = (Encoding.UTF8.GetBytes(Body).ToList(), Encoding.UTF8.GetBytes(Copy).ToList());
            Spoil(random.Next(2) == 0 ? body : copy);
            if (random.Next(3) == 0)
            {
                Spoil(copy);
            }

            if (AuditCopy.IsSurelySame([.. body], [.. copy], Encoding.ASCII.GetBytes(At)))
            {
                Assert.Null(AuditEvent.Problem([.. body], At, Encoding.UTF8.GetString([.. copy])));
            }
        }

        void Spoil(List<byte> text)
        {
            var place = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0:
                    text[place] = letters[random.Next(letters.Length)];
                    break;
                case 1:
                    text.RemoveAt(place);
                    break;
                case 2:
                    text.Insert(place, letters[random.Next(letters.Length)]);
                    break;
                default:
                    text.InsertRange(place, text.GetRange(place, Math.Min(text.Count - place, random.Next(20))));
                    break;
            }
        }
    }

    [Theory]
    [InlineData("\"actor\":\"lin\"", "\"actor\":\"\"", "\"actor\": \"lin\"", "\"actor\": \"\"")]
    [InlineData("\"run\":\"R-1\"", "\"run\":\"R-1\",\"run\":\"R-1\"", "", "")]
    [InlineData(
        "\"detail\":{\"a\":\"第一\",\"bb\":\"2\"}",
        "\"detail\":\"\"",
        "{\"a\": \"第一\", \"bb\": \"2\"}",
        "\"\""
    )]
    [InlineData("\"run\":\"R-1\"", "\"run\":{\"a\":\"1\"}", "\"run\": \"R-1\"", "\"run\": {\"a\": \"1\"}")]
    [InlineData("01:20:00", "01:20:01", "01:20:00", "01:20:01")]
    public void What_is_alike_but_no_event_of_that_time_is_left_to_reading(
        string was,
        string now,
        string copied,
        string copiedNow
    ) =>
        Assert.False(
            Same(
                Body.Replace(was, now, StringComparison.Ordinal),
                copied.Length == 0 ? Copy : Copy.Replace(copied, copiedNow, StringComparison.Ordinal)
            )
        );

    private static bool Same(string body, string copy) =>
        AuditCopy.IsSurelySame(Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetBytes(copy), Encoding.ASCII.GetBytes(At));
}
