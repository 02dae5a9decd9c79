using System.Globalization;

namespace Glancy.Ops.Procedures;

/// <summary>
/// What the far side remembers an attempt by: run, step, attempt, and the life of the database that the attempt was
/// started in (<c>R-17/execute/1.3f9a02c4</c>). The numbers come again when a database is restored; a life does not
/// (docs/adr/0013).
/// </summary>
internal static class EffectKey
{
    /// <summary>The evidence in which an attempt keeps the life it was started in; the same after a crash.</summary>
    public const string Life = "life";

    /// <summary>The key on the wire. An attempt from before there were lives has none.</summary>
    public static string Of(Run run, RunStep step)
    {
        return Of(run.Name, step.Id, step.Attempt, step.Evidence.GetValueOrDefault(Life));
    }

    /// <summary>The key of its parts.</summary>
    public static string Of(string run, string step, int attempt, string? life) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}/{step}/{attempt}{Suffix(life)}");

    /// <summary>What epochs are compared within: the run of that life.</summary>
    public static string Fence(Run run, RunStep step)
    {
        return run.Name + Suffix(step.Evidence.GetValueOrDefault(Life));
    }

    private static string Suffix(string? life) => life is null ? "" : "." + life;
}
