using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>An SMS gateway by plain JSON; for who has a phone number. Any 2xx is a yes.</summary>
internal sealed class SmsNotifier(Sending sending, IOptions<NotifierOptions> options) : INotifier
{
    public string Service => "sms";

    public bool IsSetUp => options.Value.SmsUrl.Length > 0;

    public bool Reaches(Person person)
    {
        return person.Phone is { Length: > 0 };
    }

    public Task<SendResult> SendAsync(Person person, string text, CancellationToken cancellationToken)
    {
        return sending.PostAsync(
            new Uri(options.Value.SmsUrl),
            new { to = person.Phone, text },
            options.Value.SmsToken,
            _ => new SendResult.Taken(),
            cancellationToken
        );
    }
}
