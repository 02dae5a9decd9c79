#!/usr/bin/env bash
# Quartz 4.7.3 against Cronos 0.13.0 (NuGet): day of the month "31W", the working day nearest to the 31st.
# Seen: Quartz fires in every month, on the last working day where there is no 31st (28 February, 30 April); Cronos fires only in months that
# have a 31st. A plain "31" is skipped by both in short months, so the W changes which months count, not only the day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > look.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Quartz" Version="4.7.3" /><PackageReference Include="Cronos" Version="0.13.0" /></ItemGroup>
</Project>
XML
cat > Look.cs <<'CS'
DateTimeOffset Next(string day, DateTimeOffset after, bool quartz) => quartz
    ? new Quartz.CronExpression($"0 0 9 {day} * ?", TimeZoneInfo.Utc).GetNextValidTimeAfter(after).Value
    : Cronos.CronExpression.Parse($"0 9 {day} * *").GetNextOccurrence(after, TimeZoneInfo.Utc).Value;
foreach (var day in new[] { "31", "31W" })
{
    foreach (var quartz in new[] { true, false })
    {
        var at = new DateTimeOffset(2025, 1, 5, 0, 0, 0, TimeSpan.Zero);
        var days = Enumerable.Range(0, 4).Select(_ => at = Next(day, at, quartz)).Select(d => $"{d:MM-dd}").ToList();
        Console.WriteLine($"{day} {(quartz ? "Quartz" : "Cronos")} {string.Join(' ', days)}");
    }
}
CS
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build -c Release -o out -v quiet --nologo >build.log 2>&1 || { cat build.log >&2; exit 1; }
seen=$(dotnet out/look.dll)
printf '%s\n' "$seen"
[ "$seen" = '31 Quartz 01-31 03-31 05-31 07-31
31 Cronos 01-31 03-31 05-31 07-31
31W Quartz 01-31 02-28 03-31 04-30
31W Cronos 01-31 03-31 05-30 07-31' ] || { echo 'changed' >&2; exit 1; }
