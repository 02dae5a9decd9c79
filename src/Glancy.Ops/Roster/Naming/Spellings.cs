using System.Text;

namespace Glancy.Ops.Roster.Naming;

/// <summary>The spellings of each of several things, the strongest first; how people write any of them is folded to one form.</summary>
internal sealed class Spellings(Func<string, string> fold)
{
    private const int Nearest = 3;
    private const int Shown = 12;

    private readonly List<(string Id, string Shown, IReadOnlyList<IReadOnlyList<string>> Ranks)> things = [];

    /// <param name="shown">How it is named among others.</param>
    /// <param name="ranks">Spellings by rank: where one of a rank is meant, what a later rank would say does not count.</param>
    public void Add(string id, string shown, params IEnumerable<string?>[] ranks) =>
        things.Add((id, shown, [.. ranks.Select(rank => (IReadOnlyList<string>)[.. rank.OfType<string>().Select(fold).Where(s => s.Length > 0)])]));

    public Recognised Find(string said)
    {
        var word = fold(said);
        for (var rank = 0; rank < things.Select(t => t.Ranks.Count).DefaultIfEmpty().Max(); rank++)
        {
            var meant = things.Where(t => t.Ranks.ElementAtOrDefault(rank)?.Contains(word) == true).ToList();
            if (meant.Count > 0 && word.Length > 0)
            {
                return meant.Count == 1 ? new Recognised(meant[0].Id, false, []) : new Recognised(null, true, [.. meant.Select(t => t.Shown)]);
            }
        }

        return new Recognised(null, false, Near(word));
    }

    /// <summary>Full-width letters and brackets narrow, every letter small.</summary>
    public static string Plain(string text) => text.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();

    // Those that differ by a slip, or all while they are few.
    private IReadOnlyList<string> Near(string word)
    {
        var near = things.Select(t => (t.Shown, Slips: t.Ranks.SelectMany(rank => rank).Min(spelling => Nearness.Slips(word, spelling)))).Where(t => t.Slips is not null).ToList();
        return [.. near.Count > 0 ? near.OrderBy(t => t.Slips).Take(Nearest).Select(t => t.Shown) : things.Take(Shown).Select(t => t.Shown)];
    }
}
