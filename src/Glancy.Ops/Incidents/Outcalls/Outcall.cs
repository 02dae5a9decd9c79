using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.People;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>Something that is to be told outside Slack, taken by a worker.</summary>
/// <param name="Service"><c>pagerduty</c>, or a notifier's name.</param>
/// <param name="Action"><c>call</c> for a person; <c>trigger</c>, <c>acknowledge</c> or <c>resolve</c> for
/// PagerDuty.</param>
/// <param name="Attempts">Those before this one.</param>
/// <param name="Claim">Every write carries it: who was overtaken writes nothing.</param>
internal sealed record Outcall(
    long Id,
    string Incident,
    string Service,
    string Action,
    string? Person,
    DateTimeOffset? Until,
    int Attempts,
    int Claim
)
{
    /// <summary>The right to deliver it.</summary>
    internal Claim Held => new(Id.ToString(CultureInfo.InvariantCulture), Claim, Attempts + 1);

    public const string PagerDuty = "pagerduty";
    public const string Call = "call";
    public const string Trigger = "trigger";
    public const string Acknowledge = "acknowledge";
    public const string Resolve = "resolve";

    /// <summary>
    /// One key per incident, whatever happens to it: PagerDuty makes one alert of everything under it.
    /// </summary>
    public static string KeyOf(string environment, string incident) => Prefix(environment) + incident;

    /// <summary>The incident of such a key; null for a key that is not of this environment.</summary>
    public static string? IncidentOf(string environment, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(Prefix(environment), StringComparison.Ordinal) ? key[Prefix(environment).Length..] : null;
    }

    private static string Prefix(string environment) => "glancy/" + environment + "/";
}

/// <summary>Something that could not be told outside.</summary>
/// <param name="Person">Null for PagerDuty.</param>
/// <param name="Trouble">A code: <c>http-400</c>, <c>deadline</c>.</param>
public sealed record Undelivered(string Service, string? Person, string Trouble, DateTimeOffset At);

/// <summary>Puts a call into the words of the person who is called. Words are not operations' own.</summary>
public interface ICallWords
{
    /// <summary>A few lines of plain text.</summary>
    /// <param name="link">Where to acknowledge; null where no address is known from outside.</param>
    string Of(Incident incident, Person person, DateTimeOffset until, Uri? link);

    /// <summary>One line for PagerDuty.</summary>
    string Summary(Incident incident);
}
