using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Glancy.Runbook.Masking;

/// <summary>
/// Short texts in which no rule of a runbook finds anything: most of a page is the same words every time, and looking
/// through them with every rule is most of the work of showing it.
/// </summary>
internal sealed class CleanTexts
{
    private const int Longest = 200;
    private const int Most = 4_000;

    private static readonly ConditionalWeakTable<IReadOnlyList<MaskRule>, CleanTexts> Known = [];

    private readonly ConcurrentDictionary<string, bool> texts = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Those of these rules, and of no others.</summary>
    public static CleanTexts Of(IReadOnlyList<MaskRule> rules) => Known.GetValue(rules, static _ => new CleanTexts());

    public bool Has(string text) => text.Length <= Longest && texts.ContainsKey(text);

    /// <summary>No rule found anything in it, for whoever may see what.</summary>
    public void Keep(string text)
    {
        if (text.Length > Longest || !texts.TryAdd(text, true))
        {
            return;
        }

        if (Interlocked.Increment(ref count) > Most)
        {
            texts.Clear();
            Interlocked.Exchange(ref count, 0);
        }
    }
}
