using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Control;

/// <summary>A call of a tool.</summary>
/// <param name="Argv">Without the tool's own name.</param>
/// <param name="Key">The agent's key, when it came through the agent.</param>
/// <param name="Actor">Who calls; the bastion's account unless a person is known.</param>
internal sealed record ToolCall(IReadOnlyList<string> Argv, string? Key, string Actor)
{
    public string Text => string.Join(' ', Argv);
}

/// <summary>What the production's tools work on: the model, its clock, the journal and the product's audit.</summary>
internal sealed class ToolDesk(
    ProductionModel model,
    Lock tools,
    WorldClock clock,
    EffectJournal journal,
    ProductAudit audit
)
{
    public EffectJournal Journal => journal;

    public DateTimeOffset Now => clock.Now;

    /// <summary>Reads the model between two of its steps.</summary>
    public T Look<T>(Func<ProductionModel, T> read)
    {
        lock (tools)
        {
            return read(model);
        }
    }

    /// <summary>
    /// Does what a person at the bastion would: <c>releasectl</c>, <c>configctl</c> and <c>act</c> by hand, not through
    /// the bot.
    /// </summary>
    /// <param name="argv">The tool's name and its arguments.</param>
    public Task<ToolReply> TypeAsync(string actor, IReadOnlyList<string> argv, CancellationToken cancellationToken)
    {
        var call = new ToolCall([.. argv.Skip(1)], null, actor);
        return argv[0] switch
        {
            "releasectl" => new ReleaseTool(this).RunAsync(call, cancellationToken),
            "configctl" => new ConfigTool(this).RunAsync(call, cancellationToken),
            "act" => new HandTool(this).RunAsync(call, cancellationToken),
            _ => throw new ArgumentException($"'{argv[0]}' is not a tool that can be typed here.", nameof(argv)),
        };
    }

    /// <summary>One effect from its call to its end.</summary>
    public async Task<ToolReply> EffectAsync(
        string command,
        ToolCall call,
        Func<DateTimeOffset, IEnumerable<Change>> change,
        Func<ProductionModel, string> answer,
        CancellationToken cancellationToken
    )
    {
        var ticket = journal.Begin(command, call.Text, call.Key, clock.Now);
        var changed = await ChangeAsync(command, call, change, cancellationToken);
        journal.Update(ticket, changed, "done");
        return ToolReply.Ok(Look(answer));
    }

    /// <summary>
    /// Changes the model and writes what the product's audit wants to know. True when anything is another than before.
    /// </summary>
    public async Task<bool> ChangeAsync(
        string command,
        ToolCall call,
        Func<DateTimeOffset, IEnumerable<Change>> change,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now;
        List<Change> changes;
        lock (tools)
        {
            changes = [.. change(now)];
        }

        var source = command.Split('.')[0];
        foreach (var one in changes)
        {
            await audit.WriteAsync(
                new ProductEvent(
                    now,
                    call.Actor,
                    one.Action,
                    one.Target,
                    one.Before,
                    one.After,
                    $"{source} {call.Text}",
                    source
                ),
                cancellationToken
            );
        }

        return changes.Any(c => c.Before != c.After);
    }

    /// <summary>Sets a flag; to be called inside a change.</summary>
    public Change SetFlag(string flag, string value) => new("flag.set", flag, model.Flags.Set(flag, value), value);

    /// <summary>Moves the train; to be called inside a change.</summary>
    public Change MoveTrain(string action, ReleaseTrain next)
    {
        var change = new Change(action, next.Batch ?? "none", Text(model.Train), Text(next));
        model.Train = next;
        return change;
    }

    private static string Text(ReleaseTrain train) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{train.Batch ?? "none"} {train.State} {train.Weight}%"
        );
}

/// <summary>One thing that a tool set.</summary>
internal sealed record Change(string Action, string Target, string? Before, string? After);
