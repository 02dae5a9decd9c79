using System.Collections.Concurrent;
using Glancy.Runbook;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// Lines that were read lately, for one book and one roster: the same few are said all day, and each of them is asked
/// for several times on its way.
/// </summary>
/// <remarks>Only what reads is kept: what changes something may carry a word that is nobody else's.</remarks>
internal sealed class ReadLines(CommandBook book, RunbookContent? roster)
{
    private const int Most = 200;
    private const int Longest = 100;

    private readonly ConcurrentDictionary<string, Reading> read = new(StringComparer.Ordinal);

    public CommandBook Book => book;

    public RunbookContent? Roster => roster;

    public Reading? Find(string line) => read.GetValueOrDefault(line);

    public void Keep(string line, Reading reading)
    {
        if (line.Length > Longest || reading is not Reading.Understood { Command.Spec.Effect: Effect.Read })
        {
            return;
        }

        if (read.Count >= Most)
        {
            read.Clear();
        }

        read[line] = reading;
    }
}
