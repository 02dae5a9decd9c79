using Glancy.Ops.Alerts;
using Glancy.Ops.Connectors.Alertmanager;
using static Glancy.Ops.Tests.Alerts.AlertHouse;

namespace Glancy.Ops.Tests.Alerts;

/// <summary>
/// Deliveries in many orders against an oracle that knows what fires: alerts that fire, end and fire again under the
/// same beginning, silences, deliveries twice, late and cut, ends that are never told, two replicas, and questions in
/// between.
/// </summary>
public sealed class AlertOrdersTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_the_end_what_fires_is_listed_and_nothing_else(bool ordered)
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var house = new Oracle(new Random(seed), ordered);
            for (var i = 0; i < 40; i++)
            {
                house.Step(seed);
            }

            house.Finish();
            Assert.True(
                house.True.SetEquals(house.Listed),
                $"seed {seed}: fires {string.Join(',', house.True)}, listed "
                    + $"{string.Join(',', house.Listed)}\n{string.Join('\n', house.Log)}"
            );
        }
    }

    [Fact]
    public void Without_an_answer_nothing_that_fires_is_ever_called_over()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var house = new Oracle(new Random(seed), ordered: true) { Mute = true };
            for (var i = 0; i < 40; i++)
            {
                house.Step(seed);
            }
        }
    }

    // One group of Alertmanager's, what is on its way, and what the bot knows.
    private sealed class Oracle(Random random, bool ordered)
    {
        private readonly Dictionary<string, DateTimeOffset> fires = [];
        private readonly Dictionary<string, DateTimeOffset> last = [];
        private readonly List<AlertFact> ended = [];
        private readonly HashSet<string> silenced = [];
        private readonly HashSet<string> told = [];
        private readonly List<AlertDelivery> way = [];
        private List<StandingAlert> rows = [];
        private DateTimeOffset now = Began;

        public bool Mute { get; init; }

        public List<string> Log { get; } = [];

        public HashSet<string> True => [.. fires.Keys];

        public HashSet<string> Listed => [.. rows.Where(r => r.Firing).Select(r => r.Fact.Fingerprint)];

        public void Step(int seed)
        {
            now = now.AddSeconds(random.Next(1, 200));
            var name = Names[random.Next(Names.Length)];
            switch (random.Next(9))
            {
                case 0 or 1 when !fires.ContainsKey(name):
                    // Prometheus keeps the beginning of an alert over a restart.
                    fires[name] = last.TryGetValue(name, out var before) && random.Next(2) == 0 ? before : now;
                    last[name] = fires[name];
                    Log.Add($"{name} fires since {fires[name]:mm:ss}");
                    break;
                case 2 when fires.Remove(name, out var since):
                    ended.Add(Fires(name, since) with { Firing = false, EndsAt = now });
                    told.Remove(name);
                    Log.Add($"{name} ends at {now:mm:ss}");
                    break;
                case 3:
                    Log.Add($"{name} silenced {silenced.Add(name) || !silenced.Remove(name)}");
                    break;
                case 4 or 5:
                    Flush(random.Next(6) == 0);
                    break;
                case 6:
                    Ask();
                    break;
                case 7:
                    // Started anew: it does not tell of what ended before.
                    ended.Clear();
                    Log.Add("started anew");
                    break;
                default:
                    Arrive();
                    break;
            }

            if (ordered)
            {
                Arrive();
                Assert.True(
                    told.IsSubsetOf(Listed),
                    $"seed {seed}: told {string.Join(',', told)}, listed "
                        + $"{string.Join(',', Listed)}\n{string.Join('\n', Log)}"
                );
            }
        }

        public void Finish()
        {
            silenced.Clear();
            Flush(false);
            while (way.Count > 0)
            {
                Arrive();
            }

            for (var i = 0; i < 3; i++)
            {
                now = now.AddMinutes(1);
                Ask();
            }
        }

        private void Flush(bool cut)
        {
            List<AlertFact> alerts =
            [
                .. fires.Where(f => !silenced.Contains(f.Key)).Select(f => Fires(f.Key, f.Value)),
                .. ended
                    .Where(e => !silenced.Contains(e.Fingerprint) && !fires.ContainsKey(e.Fingerprint))
                    .GroupBy(e => e.Fingerprint)
                    .Select(g => g.Last()),
            ];
            ended.Clear();
            if (alerts.Count == 0)
            {
                return;
            }

            var sent = cut ? [.. alerts.Take(1)] : alerts;
            var delivery = Told("k", [.. sent]) with { Truncated = alerts.Count - sent.Count };
            told.UnionWith(sent.Where(a => a.Firing).Select(a => a.Fingerprint));

            // To one replica or both, or twice to one.
            way.AddRange(Enumerable.Repeat(delivery, random.Next(1, 4)));
            Log.Add("sent " + string.Join(' ', sent.Select(a => a.Fingerprint + (a.Firing ? "+" : "-"))));
        }

        private void Arrive()
        {
            while (way.Count > 0)
            {
                var i = ordered ? 0 : random.Next(way.Count);
                var delivery = way[i];
                way.RemoveAt(i);
                Take(standing => standing.Hear(delivery, now));
                if (!ordered)
                {
                    break;
                }
            }
        }

        private void Ask()
        {
            if (!Mute)
            {
                var listed = new AlertsListed(
                    DateTimeOffset.MinValue,
                    fires.ToDictionary(f => f.Key, f => new ListedAlert(f.Value, silenced.Contains(f.Key)))
                );
                Take(standing => standing.Settle(new AlertAnswer(now.AddTicks(1), listed, true, true), now));
                Log.Add("asked");
            }
        }

        private void Take(Action<AlertStanding> change)
        {
            var standing = new AlertStanding(rows.Select(r => r with { Recent = r.HeardAt > now.AddMinutes(-2) }));
            change(standing);
            var changed = standing.Changed.Select(c => (c.Fact.Fingerprint, c.Fact.StartsAt)).ToHashSet();
            rows =
            [
                .. standing.All.Select(r =>
                    changed.Contains((r.Fact.Fingerprint, r.Fact.StartsAt)) ? r with { HeardAt = now } : r
                ),
            ];
        }
    }
}
