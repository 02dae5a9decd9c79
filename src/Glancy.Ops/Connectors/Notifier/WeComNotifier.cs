using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>A group robot of WeCom; who has a phone number is mentioned by it.</summary>
internal sealed class WeComNotifier(Sending sending, IOptions<NotifierOptions> options) : INotifier
{
    // More than twenty a minute.
    private const int TooOften = 45009;

    public string Service => "wecom";

    public bool IsSetUp => options.Value.WeComUrl.Length > 0;

    public bool Reaches(Person person) => true;

    public Task<SendResult> SendAsync(Person person, string text, CancellationToken cancellationToken)
    {
        var body = new { msgtype = "text", text = new { content = text, mentioned_mobile_list = Mobiles.Of(person) } };
        return sending.PostAsync(
            new Uri(options.Value.WeComUrl),
            body,
            null,
            answer => Codes.Read(answer, ["errcode"], TooOften),
            cancellationToken
        );
    }
}
