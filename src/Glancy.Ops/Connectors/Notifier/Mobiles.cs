using Glancy.Runbook.People;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>Phone numbers as Chinese group robots want them: without +86.</summary>
internal static class Mobiles
{
    private const string China = "+86";

    public static string[] Of(Person person) =>
        person.Phone is { Length: > 0 } phone
            ? [phone.StartsWith(China, StringComparison.Ordinal) ? phone[China.Length..] : phone]
            : [];
}
