using Glancy.Runbook.People;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>One way to reach a person outside Slack.</summary>
public interface INotifier
{
    /// <summary>Its name in the rows: <c>feishu</c>, <c>dingtalk</c>, <c>wecom</c>, <c>sms</c>.</summary>
    string Service { get; }

    /// <summary>Whether it is set up at all.</summary>
    bool IsSetUp { get; }

    /// <summary>Whether this person can be reached by it.</summary>
    bool Reaches(Person person);

    /// <summary>Sends it once.</summary>
    Task<SendResult> SendAsync(Person person, string text, CancellationToken cancellationToken);
}
