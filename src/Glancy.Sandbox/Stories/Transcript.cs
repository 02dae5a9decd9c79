using System.Globalization;

namespace Glancy.Sandbox.Stories;

/// <summary>
/// What is read of a story: the world's time, who typed what, the answer below it, and after it a tick or a cross for
/// each claim.
/// </summary>
internal sealed class Transcript(TextWriter output, TimeProvider world)
{
    private const string Margin = "          ";
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private readonly Lock gate = new();
    private readonly List<string> failed = [];
    private int held;

    /// <summary>Claims that did not come true.</summary>
    public IReadOnlyList<string> Failed
    {
        get
        {
            lock (gate)
            {
                return [.. failed];
            }
        }
    }

    public int Claims
    {
        get
        {
            lock (gate)
            {
                return held + failed.Count;
            }
        }
    }

    public void Scene(string title) => Write($"\n== {title}");

    /// <summary>Something that happens without anybody at a terminal.</summary>
    public void Happens(string what) => Write($"\n{Time}  -- {what}");

    public void Typed(string person, IReadOnlyList<string> words)
    {
        Write($"\n{Time}  {person} $ glancy {string.Join(' ', words.Select(Quoted))}");
    }

    /// <summary>A command typed in Slack.</summary>
    public void Says(string person, IReadOnlyList<string> words)
    {
        Write($"\n{Time}  {person}: /glancy {string.Join(' ', words.Select(Quoted))}");
    }

    /// <param name="speaker">Whose terminal it is, where several are open; null otherwise.</param>
    public void Answered(string line, string? speaker = null) =>
        Write(Margin + "  " + (speaker is null ? "" : speaker + " | ") + line);

    /// <summary>Checks something and says how it was.</summary>
    /// <param name="was">What was found instead; told only when it did not come true.</param>
    public bool Claim(bool holds, string claim, object? was = null)
    {
        var line = holds
            ? claim
            : string.Create(CultureInfo.InvariantCulture, $"{claim}{(was is null ? "" : $" - it was: {was}")}");
        lock (gate)
        {
            if (holds)
            {
                held++;
            }
            else
            {
                failed.Add(line);
            }
        }

        Write($"{Margin}{(holds ? "✓" : "✗ NOT TRUE:")} {line}");
        return holds;
    }

    /// <inheritdoc cref="Claim"/>
    /// <exception cref="StoryCutException">It is not so, and nothing after it makes sense.</exception>
    public void Need(bool holds, string claim, object? was = null)
    {
        if (!Claim(holds, claim, was))
        {
            throw new StoryCutException(claim);
        }
    }

    public void Write(string line)
    {
        lock (gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private string Time => world.GetUtcNow().ToOffset(Shanghai).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A word as it is typed.</summary>
    public static string Quoted(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}
