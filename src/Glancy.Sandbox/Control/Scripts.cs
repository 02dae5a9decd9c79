using System.Globalization;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Control;

/// <summary>Writes the stand-ins of production's scripts into the bastion's folder.</summary>
internal static class Scripts
{
    private const int PausesOfRollback = 4;

    /// <param name="control">The world's control server.</param>
    /// <param name="log">The rollback script's log.</param>
    /// <param name="rollbackTakes">Real time from the first line to the last.</param>
    public static void Install(string folder, Uri control, string log, TimeSpan rollbackTakes)
    {
        var url = control.GetLeftPart(UriPartial.Authority);
        Write("bin/releasectl", Tool("releasectl"));
        Write("bin/configctl", Tool("configctl"));
        Write("dr/bin/start.sh", Tool("dr"));
        Write(
            "ops/bin/rollback_stage.sh",
            Embedded
                .Text("rollback_stage.sh")
                .Replace("@CONTROL@", url, StringComparison.Ordinal)
                .Replace("@LOG@", log, StringComparison.Ordinal)
                .Replace(
                    "@PAUSE@",
                    (rollbackTakes.TotalSeconds / PausesOfRollback).ToString("0.###", CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
        );
        PrivateFolder.Create(Path.GetDirectoryName(log) ?? folder);
        File.AppendAllText(log, "");

        string Tool(string name) =>
            Embedded
                .Text("tool.sh")
                .Replace("@CONTROL@", url, StringComparison.Ordinal)
                .Replace("@TOOL@", name, StringComparison.Ordinal);

        void Write(string name, string text)
        {
            var file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder);
            File.WriteAllText(file, text);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
