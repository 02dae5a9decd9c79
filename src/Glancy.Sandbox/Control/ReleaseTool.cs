using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Control;

/// <summary><c>releasectl stage promote|status --env prod</c> (§2.3, §7.3).</summary>
internal sealed partial class ReleaseTool(ToolDesk desk)
{
    private const string Usage =
        "usage: releasectl stage promote --env prod --batch REL-B[1-5] --weight <0-100>\n       releasectl stage "
        + "status --env prod";

    public Task<ToolReply> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Parse(call.Argv, ["--env", "--batch", "--weight"]);
        var problem = arguments.ProductionProblem();
        return (problem, arguments.Words) switch
        {
            ({ } wrong, _) => Refuse(wrong),
            (_, ["stage", "status"]) => Task.FromResult(ToolReply.Ok(desk.Look(m => m.Train.Describe()))),
            (_, ["stage", "promote"]) => PromoteAsync(call, arguments, cancellationToken),
            _ => Refuse("unknown command"),
        };
    }

    private Task<ToolReply> PromoteAsync(ToolCall call, Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments["--batch"] is not { } batch || !BatchName().IsMatch(batch))
        {
            return Refuse("--batch is one of REL-B1 to REL-B5");
        }

        if (
            !double.TryParse(
                arguments["--weight"],
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var weight
            )
            || weight > 100
        )
        {
            return Refuse("--weight is a number from 0 to 100");
        }

        return desk.EffectAsync(
            "releasectl.stage.promote",
            call,
            now => [desk.MoveTrain("release.promote", desk.Look(m => m.Train).Promoted(batch, weight, now))],
            m => m.Train.Describe(),
            cancellationToken
        );
    }

    private static Task<ToolReply> Refuse(string problem) =>
        Task.FromResult(ToolReply.Usage($"releasectl: {problem}\n{Usage}"));

    [GeneratedRegex("^REL-B[1-5]$")]
    private static partial Regex BatchName();
}
