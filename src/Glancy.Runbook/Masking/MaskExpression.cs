using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Masking;

/// <summary>
/// A pattern in both of .NET's engines, which find the same. The one that backtracks is built in no time and may take
/// for ever on a text made for it; the other never does, but building it takes tens of milliseconds and memory, for
/// every pattern. So the first gets a moment on a short text, and whatever it does not finish the second does.
/// </summary>
internal sealed class MaskExpression
{
    /// <summary>
    /// Longer than any real line takes, on a busy machine too; a text on which a pattern works longer is withheld.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Signs of a text that the backtracking engine may try at all; the longest page is within it.
    private const int Short = 32_768;
    private const RegexOptions Options = RegexOptions.CultureInvariant;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    // The same patterns are read with every version of the runbook.
    private static readonly ConcurrentDictionary<string, MaskExpression> Known = new(StringComparer.Ordinal);
    private readonly Lazy<Regex> steady;

    private MaskExpression(string pattern)
    {
        Quick = new Regex(pattern, Options, Moment);
        steady = new Lazy<Regex>(() => Steady(pattern));
    }

    /// <summary>The engine that backtracks, for a moment.</summary>
    public Regex Quick { get; }

    /// <summary>The engine whose time grows with the text only, where the pattern can be had so.</summary>
    public Regex Linear => steady.Value;

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static MaskExpression Of(string pattern) => Known.GetOrAdd(pattern, static p => new MaskExpression(p));

    /// <summary>What the work makes of the text with the engine that is right for it.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took longer than <see cref="Patience"/>.</exception>
    public T On<T>(string text, Func<Regex, T> work)
    {
        if (text.Length <= Short)
        {
            try
            {
                return work(Quick);
            }
            catch (RegexMatchTimeoutException)
            {
                // The other one will do it.
            }
        }

        return work(Linear);
    }

    /// <summary>
    /// The engine that backtracks has its moment for a text as a whole: a limit of .NET's begins anew with each match,
    /// of which a text may have thousands.
    /// </summary>
    /// <exception cref="RegexMatchTimeoutException">The moment is over.</exception>
    public static void Mind(Regex engine, long begun, string text)
    {
        if (engine.MatchTimeout == Moment && Stopwatch.GetElapsedTime(begun) > Moment)
        {
            throw new RegexMatchTimeoutException(text, engine.ToString(), Moment);
        }
    }

    private static Regex Steady(string pattern)
    {
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            // Look-around and back references: these can take for ever, and the time limit ends that.
            return new Regex(pattern, Options, Patience);
        }
    }
}
