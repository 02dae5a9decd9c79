namespace Glancy.Ops.Alerts;

/// <summary>One alert with one beginning, as it is known.</summary>
/// <param name="Fact">Of one that fires again, <c>EndsAt</c> is null.</param>
/// <param name="EndedBefore">The end that was heard before it fired again.</param>
/// <param name="Recent">The last word about it is so fresh that an older one may still be on its way.</param>
/// <param name="Listed">The Alertmanager that is asked has listed it.</param>
/// <param name="DoubtedAt">Whether it still fires is to be asked; null when that is known.</param>
/// <param name="UnknownSince">It was asked without an answer.</param>
/// <param name="HeardAt">When the last word about it came, by the database's clock.</param>
internal sealed record StandingAlert(
    AlertFact Fact,
    DateTimeOffset? EndedBefore = null,
    bool Recent = false,
    bool Listed = false,
    DateTimeOffset? DoubtedAt = null,
    DateTimeOffset? UnknownSince = null,
    DateTimeOffset HeardAt = default
)
{
    public bool Firing => Fact.Firing;
}

/// <summary>
/// What is known of a group's alerts, and how a word changes it. Pure. Words come twice, late and in any order, and a
/// firing one carries no time of its own; so it is always taken - not to list what fires is the worse mistake - and
/// where it may be an old one, it is marked to be asked.
/// </summary>
internal sealed class AlertStanding
{
    private readonly Dictionary<(string Fingerprint, DateTimeOffset StartsAt), StandingAlert> rows = [];
    private readonly Dictionary<string, List<DateTimeOffset>> beginnings = [];
    private readonly HashSet<(string, DateTimeOffset)> changed = [];

    public AlertStanding(IEnumerable<StandingAlert> known)
    {
        foreach (var row in known)
        {
            Put(row);
        }
    }

    public IEnumerable<StandingAlert> All => rows.Values;

    public IReadOnlyList<StandingAlert> Changed => [.. changed.Select(key => rows[key])];

    /// <summary>Whether a person sees a difference.</summary>
    public bool Differs { get; private set; }

    /// <summary>Takes a delivery: what it says of each alert, and that it says nothing of others.</summary>
    public void Hear(AlertDelivery delivery, DateTimeOffset now)
    {
        // An end first: of two words about one alert, the one that fires stands.
        foreach (var word in delivery.Alerts.OrderBy(a => a.Firing))
        {
            var dated = Dated(word);
            if (word.Firing)
            {
                Fires(dated, now);
            }
            else
            {
                Ends(dated);
            }
        }

        // Left out because it is silenced, or because it ended while it was; only Alertmanager knows which.
        var told = delivery.Alerts.Select(a => a.Fingerprint).ToHashSet(StringComparer.Ordinal);
        foreach (
            var row in delivery.Truncated == 0
                ? rows.Values.Where(r => r.Firing && r.DoubtedAt is null && !told.Contains(r.Fact.Fingerprint)).ToList()
                : []
        )
        {
            Change(row with { DoubtedAt = now });
        }
    }

    /// <summary>Takes what Alertmanager answered about the alerts that were known before it was asked.</summary>
    public void Settle(AlertAnswer answer, DateTimeOffset now)
    {
        foreach (
            var row in rows
                .Values.Where(r => r.HeardAt < answer.AskedAt)
                .OrderByDescending(r => r.Fact.StartsAt)
                .ToList()
        )
        {
            var found = answer.Listed.Alerts.GetValueOrDefault(row.Fact.Fingerprint);
            var age = answer.AskedAt - row.HeardAt;
            if (row.Firing && found is not null && (!row.Listed || row.DoubtedAt is not null))
            {
                Change(row with { Listed = true, DoubtedAt = null });
            }
            else if (
                row.Firing
                && found is null
                && answer.AbsenceCounts
                && (row.Listed || (answer.IsItsOwn && age > AlertAnswer.Settling))
            )
            {
                Change(row with { Fact = row.Fact with { Firing = false, EndsAt = now }, DoubtedAt = null });
            }
            else if (
                !row.Firing
                && found is { Suppressed: false } fires
                && age > AlertAnswer.Settling
                && age < AlertAnswer.Checked
                && !Of(row.Fact.Fingerprint).Any(r => r.Firing)
            )
            {
                Change(
                    Again(row with { Fact = row.Fact with { StartsAt = fires.StartsAt } }, row.Fact.EndsAt) with
                    {
                        Listed = true,
                        DoubtedAt = null,
                    }
                );
            }
        }
    }

    private void Fires(AlertFact word, DateTimeOffset now)
    {
        var mine = Of(word.Fingerprint).ToList();
        if (mine.Any(r => r.Firing && r.Fact.StartsAt > word.StartsAt))
        {
            // It has begun anew since: what fires from before is over, though nobody said so.
            if (!rows.ContainsKey((word.Fingerprint, word.StartsAt)))
            {
                Change(
                    new StandingAlert(
                        word with
                        {
                            Firing = false,
                            EndsAt = mine.Where(r => r.Fact.StartsAt > word.StartsAt).Min(r => r.Fact.StartsAt),
                        }
                    )
                );
            }

            return;
        }

        var late = mine.Any(r =>
            !r.Firing
            && r.Recent
            && (r.Fact.StartsAt >= word.StartsAt || r.Fact.EndsAt is null || r.Fact.EndsAt > word.StartsAt)
        );
        if (!rows.TryGetValue((word.Fingerprint, word.StartsAt), out var same))
        {
            Change(new StandingAlert(word, DoubtedAt: late ? now : null));
        }
        else if (!same.Firing)
        {
            Change(Again(same with { Fact = word }, same.Fact.EndsAt) with { DoubtedAt = late ? now : null });
        }
        else if (!Says(same.Fact, word) || (same.DoubtedAt is not null && !same.Recent))
        {
            Change(
                same with
                {
                    Fact = Says(same.Fact, word) ? same.Fact : word,
                    DoubtedAt = same.Recent ? same.DoubtedAt : null,
                }
            );
        }

        foreach (var former in mine.Where(r => r.Firing && r.Fact.StartsAt < word.StartsAt))
        {
            Change(
                former with
                {
                    Fact = former.Fact with { Firing = false, EndsAt = word.StartsAt },
                    DoubtedAt = null,
                }
            );
        }
    }

    private void Ends(AlertFact word)
    {
        // Its beginning may be told differently: whatever of it had begun by then is over.
        foreach (var row in Of(word.Fingerprint).Where(r => r.Firing && IsEndOf(word, r)).ToList())
        {
            Change(row with { Fact = row.Fact with { Firing = false, EndsAt = word.EndsAt }, DoubtedAt = null });
        }

        var known = Of(word.Fingerprint)
            .Any(r => !r.Firing && r.Fact.StartsAt <= word.EndsAt && word.EndsAt <= r.Fact.EndsAt);
        if (!known && !rows.ContainsKey((word.Fingerprint, word.StartsAt)))
        {
            Change(new StandingAlert(word));
        }
    }

    private static bool IsEndOf(AlertFact word, StandingAlert row) =>
        word.EndsAt is not { } end
        || ((end >= row.Fact.StartsAt || word.StartsAt == row.Fact.StartsAt) && !(end <= row.EndedBefore));

    private static StandingAlert Again(StandingAlert row, DateTimeOffset? ended) =>
        row with
        {
            Fact = row.Fact with { Firing = true, EndsAt = null },
            EndedBefore = ended,
        };

    // Without a beginning it is the one of that name that is known.
    private AlertFact Dated(AlertFact word) =>
        word.StartsAt == AlertFact.Undated && Of(word.Fingerprint).ToList() is { Count: > 0 } mine
            ? word with
            {
                StartsAt = (mine.Find(r => r.Firing) ?? mine.MaxBy(r => r.Fact.StartsAt) ?? mine[0]).Fact.StartsAt,
            }
            : word;

    private IEnumerable<StandingAlert> Of(string fingerprint) =>
        beginnings.TryGetValue(fingerprint, out var starts) ? starts.Select(start => rows[(fingerprint, start)]) : [];

    private void Change(StandingAlert row)
    {
        var key = (row.Fact.Fingerprint, row.Fact.StartsAt);
        var now = row.DoubtedAt is null ? row with { UnknownSince = null } : row;
        Differs |=
            !rows.TryGetValue(key, out var before)
            || !ReferenceEquals(before.Fact, now.Fact)
            || before.UnknownSince != now.UnknownSince;
        Put(now);
        changed.Add(key);
    }

    private void Put(StandingAlert row)
    {
        var key = (row.Fact.Fingerprint, row.Fact.StartsAt);
        if (!rows.ContainsKey(key))
        {
            if (!beginnings.TryGetValue(key.Fingerprint, out var starts))
            {
                beginnings[key.Fingerprint] = starts = [];
            }

            starts.Add(key.StartsAt);
        }

        rows[key] = row;
    }

    private static bool Says(AlertFact mine, AlertFact told) =>
        Same(mine.Labels, told.Labels) && Same(mine.Annotations, told.Annotations);

    private static bool Same(IReadOnlyDictionary<string, string> mine, IReadOnlyDictionary<string, string> told) =>
        mine.Count == told.Count && mine.All(pair => told.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
