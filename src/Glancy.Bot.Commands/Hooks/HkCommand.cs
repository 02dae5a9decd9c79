using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Ops.Watching;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Hooks;

/// <summary>
/// <c>glancy hk [HK-03]</c>: every hook and signal read now; what was read is kept as a snapshot (A1, §4.2).
/// </summary>
internal sealed class HkCommand(HookSnapshots snapshots, RedLights lights, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("hk", Topic.See, Effect.Read, "4.2", PermissionNames.HookSee)
        {
            Arguments = [new("hook", Required: false, Many: true)],
            Aliases = ["钩子", "hooks"],
            Questions = ["哪个灯红了", "哪些灯红了", "which light is red", "which lights are red"],
            Examples = ["hk", "hk HK-03"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var names = new Names(invocation.Words, runbook.Current);
        var asked = invocation.Values.All("hook");
        var unknown = asked.FirstOrDefault(id => Known(id, names.Runbook) is null);
        if (unknown is not null)
        {
            return RefusalView.Answer(
                new Refusal("unknown-hook", "§4.2", unknown, string.Join(", ", names.Runbook.Hooks.Select(h => h.Id))),
                names.Words
            );
        }

        var ids = asked.Select(id => Known(id, names.Runbook)).ToHashSet();
        var snapshot = await snapshots.SharedAsync(cancellationToken);
        var shown = snapshot with { Hooks = [.. snapshot.Hooks.Where(h => ids.Count == 0 || ids.Contains(h.Hook.Id))] };
        var red = (await lights.OpenAsync(cancellationToken))
            .Where(l => ids.Count == 0 || ids.Contains(l.Episode.Hook))
            .ToList();
        var ending =
            shown.Hooks.Count > 0 && shown.Hooks.All(h => h.Light == Light.Unknown) ? ExitCode.Unknown : ExitCode.Done;
        return new Answer(
            HooksView.Page(shown, detailed: ids.Count > 0, names, red),
            HooksData.Of(shown, names.Words),
            ending
        );
    }

    // "3" and "HK3" are HK-03.
    private static string? Known(string asked, RunbookContent content) =>
        content
            .Hooks.Select(h => h.Id)
            .FirstOrDefault(id =>
                string.Equals(id, asked, StringComparison.OrdinalIgnoreCase) || Bare(id) == Bare(asked)
            );

    private static string Bare(string id)
    {
        var bare = id.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal);
        var number = bare.StartsWith("HK", StringComparison.Ordinal) ? bare[2..] : bare;
        return number.Length is 1 or 2 && number.All(char.IsAsciiDigit) ? number.PadLeft(2, '0') : bare;
    }
}
