using System.Text;
using System.Text.Json;

namespace Glancy.Sandbox.Slack.Api;

/// <summary>An answer that is made but not yet sent: it can still get lost.</summary>
internal sealed record Reply(int Status, string ContentType, byte[] Body)
{
    public static Reply Json(ApiAnswer answer, int status = StatusCodes.Status200OK) =>
        new(
            status,
            "application/json; charset=utf-8",
            JsonSerializer.SerializeToUtf8Bytes(answer.Body, SlackWire.Options)
        );

    public static Reply Words(string words, int status = StatusCodes.Status200OK) =>
        new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(words));

    public async Task SendAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = Body.Length;
        await http.Response.Body.WriteAsync(Body, http.RequestAborted);
    }
}
