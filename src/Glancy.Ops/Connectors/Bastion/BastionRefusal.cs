using Glancy.Ops.Kernel;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>Says in the engine's codes why the bastion gave no usable answer.</summary>
internal static class BastionRefusal
{
    public static Refusal Of(BastionReading reading, string command) =>
        reading switch
        {
            BastionReading.Unreached unreached => Of(unreached.Trouble, command),
            BastionReading.Refused refused => new Refusal("script-refused", "§2.3", command, refused.ReasonCode),
            BastionReading.Read { Succeeded: false } failed => new Refusal(
                "script-failed",
                "§2.3",
                command,
                failed.ExitCode.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ),
            _ => new Refusal("unparsable-output", "§2.3", command),
        };

    public static Refusal Of(BastionTrouble trouble, string command)
    {
        return trouble.Kind == BastionTroubleKind.HostKeyMismatch
            ? new Refusal("host-key-mismatch", "§2.3", command)
            : new Refusal("unreachable-bastion", "§2.3", command);
    }
}
