using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What to say to draft again what a run was for; the reason is left open.</summary>
public static class DraftAnew
{
    private const string Reason = " --reason ...";

    public static string Command(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Arguments.TryGetValue("lease", out var lease) ? $"glancy lease revert {lease}{Reason}"
            : run.Definition.Id is "rollback" && run.Arguments.TryGetValue("batch", out var batch) ? $"glancy rollback {batch}{Reason}"
            : run.Definition.Id is "rollback-one-rung" && run.Arguments.TryGetValue("batch", out var rung) ? $"glancy rollback {rung} --way one-rung{Reason}"
            : run.Definition.Id switch
            {
                "kill-switch" => "glancy kill-switch on" + Reason,
                "thaw" => "glancy release thaw" + Reason,
                var procedure => $"glancy sop draft {procedure}{Reason}",
            };
    }
}
