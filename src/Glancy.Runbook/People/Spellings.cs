using System.Text;

namespace Glancy.Runbook.People;

/// <summary>
/// The spellings of each of several things, the strongest first; how people write any of them is folded to one form.
/// </summary>
public sealed class Spellings
{
    private const int Nearest = 3;
    private const int Shown = 12;

    private readonly Func<string, string> fold;
    private readonly List<(string Id, string Shown, IReadOnlyList<IReadOnlyList<string>> Ranks)> things = [];

    internal Spellings(Func<string, string> fold)
    {
        this.fold = fold;
    }

    /// <param name="shown">How it is named among others.</param>
    /// <param name="ranks">Spellings by rank: where one of a rank is meant, what a later rank would say does not
    /// count.</param>
    internal void Add(string id, string shown, params IEnumerable<string?>[] ranks) =>
        things.Add(
            (
                id,
                shown,
                [
                    .. ranks.Select(rank =>
                        (IReadOnlyList<string>)[.. rank.OfType<string>().Select(fold).Where(s => s.Length > 0)]
                    ),
                ]
            )
        );

    public Recognised Find(string said) =>
        Meant(fold(said)) switch
        {
            [] => new Recognised(null, false, Near(fold(said))),
            [var only] => new Recognised(only.Id, false, []),
            var several => new Recognised(null, true, [.. several.Select(t => t.Shown)]),
        };

    /// <summary>Whether it means one of them, or several.</summary>
    public bool Knows(string said) => Meant(fold(said)).Count > 0;

    private List<(string Id, string Shown)> Meant(string word)
    {
        for (var rank = 0; word.Length > 0 && rank < things.Select(t => t.Ranks.Count).DefaultIfEmpty().Max(); rank++)
        {
            var meant = things
                .Where(t => t.Ranks.ElementAtOrDefault(rank)?.Contains(word) == true)
                .Select(t => (t.Id, t.Shown))
                .ToList();
            if (meant.Count > 0)
            {
                return meant;
            }
        }

        return [];
    }

    /// <summary>Full-width letters and brackets narrow, every letter small.</summary>
    internal static string Plain(string text) => text.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();

    // Those that differ by a slip, or all while they are few.
    private IReadOnlyList<string> Near(string word)
    {
        var near = things
            .Select(t =>
                (t.Shown, Slips: t.Ranks.SelectMany(rank => rank).Min(spelling => Nearness.Slips(word, spelling)))
            )
            .Where(t => t.Slips is not null)
            .ToList();
        return
        [
            .. near.Count > 0
                ? near.OrderBy(t => t.Slips).Take(Nearest).Select(t => t.Shown)
                : things.Take(Shown).Select(t => t.Shown),
        ];
    }
}
