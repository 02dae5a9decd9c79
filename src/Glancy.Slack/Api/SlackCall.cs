using System.Text.Json;

namespace Glancy.Slack.Api;

/// <summary>How a call survives a lost answer.</summary>
internal enum SlackEffect
{
    /// <summary>Changes nothing: repeated freely.</summary>
    Read,

    /// <summary>
    /// Doing it twice leaves what doing it once leaves: repeated freely, in doubt when no attempt was answered.
    /// </summary>
    Convergent,

    /// <summary>
    /// Twice is one too many: repeated only when it surely was not taken, otherwise in doubt at once.
    /// </summary>
    Once,
}

/// <summary>One call of a method.</summary>
/// <param name="Body">JSON when <paramref name="Form"/> is null.</param>
/// <param name="Form">Reads take no JSON at Slack.</param>
/// <param name="PostsTo">The channel whose own pace it keeps.</param>
/// <param name="AlreadyDone">The error that, after an attempt in doubt, says that it had been done.</param>
internal sealed record SlackCall(
    string Method,
    SlackEffect Effect,
    object? Body = null,
    IReadOnlyDictionary<string, string>? Form = null,
    string? PostsTo = null,
    string? AlreadyDone = null
)
{
    public static SlackCall Read(string method, params (string Name, string? Value)[] form) =>
        new(method, SlackEffect.Read, Form: Fields(form));

    public static Dictionary<string, string> Fields(params (string Name, string? Value)[] form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in form)
        {
            if (value is not null)
            {
                fields[name] = value;
            }
        }

        return fields;
    }

    public HttpContent Content()
    {
        if (Form is not null)
        {
            return new FormUrlEncodedContent(Form);
        }

        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Body, SlackJson.Options));
        content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        return content;
    }
}
