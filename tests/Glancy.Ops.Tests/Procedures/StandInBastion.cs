using System.Collections.Concurrent;
using Glancy.Ops.Connectors.Bastion;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// A bastion with memory: flags, a release train, scripts, and the agent's rules for keys and fences.
/// </summary>
internal sealed class StandInBastion : IBastion
{
    private const string Script = "rollback_stage";

    private readonly Lock gate = new();
    private readonly Dictionary<string, (BastionStart Start, BastionReply.Answered State)> keys = [];
    private readonly Dictionary<string, long> fences = [];
    private readonly List<string> anchors = [];

    public Dictionary<string, string> Flags { get; } =
        new()
        {
            ["glancy.lookup.force_basic"] = "false",
            ["glancy.regenerate.enabled"] = "true",
            ["glancy.exports.enabled"] = "true",
            ["glancy.plan.free.enabled"] = "true",
            ["glancy.ratelimit.user_rpm"] = "300",
        };

    public string Batch { get; set; } = "REL-B3";

    /// <summary>When the train moved last.</summary>
    public DateTimeOffset UpdatedAt { get; set; } = new(2025, 4, 18, 1, 0, 0, TimeSpan.Zero);

    public string Weight { get; set; } = "15";

    /// <summary>Until when the old version is kept beside one that has all the traffic; null: it is not.</summary>
    public DateTimeOffset? OldKeptUntil { get; set; }

    public string Digest { get; set; } = new('a', 64);

    /// <summary>The bastion's clock; null: it tells no times.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }

    /// <summary>Commands that really ran, in order.</summary>
    public List<string> Effects { get; } = [];

    /// <summary>Keys under which something was started.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (gate)
            {
                return [.. keys.Keys];
            }
        }
    }

    /// <summary>What another bot, or this one before its database was restored, has started.</summary>
    public void Remember(string key, string command, DateTimeOffset started, long seq, string hash)
    {
        lock (gate)
        {
            keys[key] = (
                new BastionStart(key, key.Split('/')[0], 0, command, new Dictionary<string, string>()),
                new BastionReply.Answered(BastionState.Exited, 0, Started: started)
            );
            fences[key.Split('/')[0]] = 1000;
            anchors.Add($"{seq} {hash} {key} 0");
        }
    }

    /// <summary>
    /// How a command behaves from now on: <c>ok</c>, <c>fails</c>, <c>hangs</c>, <c>lost</c>, <c>idle</c> (ends well
    /// and changes nothing).
    /// </summary>
    public ConcurrentDictionary<string, string> Behaviour { get; } = new();

    /// <summary>Whether the rollback script turns the basic-answer switch on by itself.</summary>
    public bool ScriptSetsFlag { get; set; } = true;

    /// <summary>What the rollback script has printed so far; ASCII.</summary>
    public string Printed { get; set; } = "";

    /// <summary>Somebody else's hand, right after a command.</summary>
    public Action<string>? AfterEffect { get; set; }

    /// <summary>How often somebody asked again under a known key.</summary>
    public int Asked { get; private set; }

    /// <summary>How many commands were killed.</summary>
    public int Cancelled { get; private set; }

    /// <summary>What runs goes on whoever wants to stop it.</summary>
    public bool Unkillable { get; set; }

    /// <summary>Nobody answers.</summary>
    public bool Away { get; set; }

    /// <summary>
    /// What becomes visible only after so many reads of the release tool that follow the rollback script.
    /// </summary>
    public (int Reads, Action Then)? ReadsUntil { get; set; }

    public Task<BastionReply> StartAsync(BastionStart start, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Away)
            {
                return Reply(
                    new BastionReply.Unreached(new BastionTrouble(BastionTroubleKind.Unreachable, "away", false))
                );
            }

            if (keys.TryGetValue(start.Key, out var known))
            {
                Asked += start.CommandId == "rollback_stage" ? 1 : 0;
                return Reply(known.State with { Replayed = true, Size = SizeOf(known.Start) });
            }

            if (fences.GetValueOrDefault(start.Fence) > start.Epoch)
            {
                return Reply(new BastionReply.Answered(BastionState.Refused, ReasonCode: BastionReason.StaleEpoch));
            }

            fences[start.Fence] = start.Epoch;
            if (start.Anchor is { } anchor)
            {
                anchors.Add($"{anchor.Seq} {anchor.Hash} {start.Key} 0");
            }

            var behaviour = Behaviour.GetValueOrDefault(start.CommandId, "ok");
            var state = behaviour switch
            {
                "hangs" => new BastionReply.Answered(BastionState.Running),
                "lost" => new BastionReply.Answered(BastionState.Unknown, ReasonCode: BastionReason.Lost),
                "fails" or "fails-after-acting" => new BastionReply.Answered(BastionState.Exited, 1),
                _ => new BastionReply.Answered(BastionState.Exited, 0),
            };
            Effects.Add(
                start.CommandId
                    + " "
                    + string.Join(" ", start.Parameters.OrderBy(p => p.Key).Select(p => $"{p.Key}={p.Value}"))
            );
            if (behaviour is "ok" or "fails-after-acting")
            {
                Carry(start);
            }

            AfterEffect?.Invoke(start.CommandId);
            state = state with { Started = Clock?.Invoke() };
            keys[start.Key] = (start, state);
            return Reply(state with { Size = SizeOf(start) });
        }
    }

    /// <summary>A hanging command comes to its end.</summary>
    /// <param name="name">The key, or its name without the life of the database.</param>
    public void Finish(string name, int exit)
    {
        lock (gate)
        {
            var key = keys.Keys.Single(k => k == name || k.StartsWith(name + ".", StringComparison.Ordinal));
            var (start, _) = keys[key];
            Carry(start);
            keys[key] = (start, new BastionReply.Answered(BastionState.Exited, exit));
        }
    }

    public Task<BastionReply> StatusAsync(string key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Reply(
                Away ? new BastionReply.Unreached(new BastionTrouble(BastionTroubleKind.Unreachable, "away", false))
                : keys.TryGetValue(key, out var known) ? known.State with { Size = SizeOf(known.Start) }
                : new BastionReply.Answered(BastionState.Absent)
            );
        }
    }

    public Task<BastionOutput> OutputAsync(string key, long offset, CancellationToken cancellationToken) =>
        Task.FromResult<BastionOutput>(
            new BastionOutput.Piece(
                keys[key].Start.CommandId == Script ? Printed[(int)offset..] : "",
                Printed.Length,
                keys[key].State.State
            )
        );

    public Task<BastionReply> CancelAsync(string key, long epoch, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Cancelled++;
            if (Unkillable)
            {
                return Reply(keys[key].State);
            }

            keys[key] = (keys[key].Start, new BastionReply.Answered(BastionState.Cancelled));
            return Reply(keys[key].State);
        }
    }

    public Task<BastionReading> ReadAsync(
        string commandId,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken
    )
    {
        lock (gate)
        {
            if (Away)
            {
                return Task.FromResult<BastionReading>(
                    new BastionReading.Unreached(new BastionTrouble(BastionTroubleKind.Unreachable, "away", false))
                );
            }

            if (
                ReadsUntil is { } later
                && commandId != "configctl.feature.list"
                && Effects.Any(e => e.StartsWith(Script, StringComparison.Ordinal))
            )
            {
                ReadsUntil = later.Reads > 1 ? (later.Reads - 1, later.Then) : null;
                if (later.Reads == 1)
                {
                    later.Then();
                }
            }

            var text =
                commandId == "configctl.feature.list"
                    ? string.Concat(Flags.Select(f => $"{f.Key}={f.Value}\n"))
                    : $"batch: {Batch}\nweight: {Weight}\nnew_colour: green\nold_colour: blue\nold_kept_until: "
                        + $"{(OldKeptUntil is { } kept ? kept.ToString("O") : "none")}\nstate: "
                        + $"{Weight switch { "0" => "rolled-back", "100" => "complete", _ => "active" }}\n"
                        + $"updated_at: {UpdatedAt:O}\n";
            return Task.FromResult<BastionReading>(new BastionReading.Read(0, text));
        }
    }

    public Task<BastionReading> DigestAsync(string commandId, CancellationToken cancellationToken) =>
        Task.FromResult<BastionReading>(
            Away
                ? new BastionReading.Unreached(new BastionTrouble(BastionTroubleKind.Unreachable, "away", false))
                : new BastionReading.Read(0, "", Digest)
        );

    public Task<BastionReading> AnchorsAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<BastionReading>(new BastionReading.Read(0, string.Join('\n', anchors)));
        }
    }

    private long SizeOf(BastionStart start) => start.CommandId == Script ? Printed.Length : 0;

    private void Carry(BastionStart start)
    {
        switch (start.CommandId)
        {
            case "rollback_stage":
                Weight = "0";
                if (ScriptSetsFlag)
                {
                    Flags["glancy.lookup.force_basic"] = "true";
                }

                break;
            case "configctl.feature.set":
                Flags[start.Parameters["flag"]] = start.Parameters["value"];
                break;
            case "releasectl.stage.promote":
                Batch = start.Parameters["batch"];
                Weight = start.Parameters["weight"];
                break;
        }
    }

    private static Task<BastionReply> Reply(BastionReply reply) => Task.FromResult(reply);
}
