#!/usr/bin/env bash
# ReadyToRun of .NET 10 (crossgen2 10.0.12 from NuGet): a program of twenty asynchronous methods, published compiled ahead.
# Seen: the methods themselves are compiled ahead; the framework's machinery of each - the box of its state and how that is run on, eleven small methods - is
# compiled anew at every start: generic code of the framework for a type of ours has its home in neither image. Two options of the compiler's own
# help, --non-local-generics-module:* and --opt-cross-module:*, give most of it one in ours; five a method are left.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cat > look.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
    <SelfContained>false</SelfContained>
    <PublishReadyToRun>true</PublishReadyToRun>
  </PropertyGroup>
  <ItemGroup>
    <KnownCrossgen2Pack Update="Microsoft.NETCore.App.Crossgen2" Crossgen2PackVersion="10.0.12" />
  </ItemGroup>
</Project>
XML
{
  for i in $(seq 20); do echo "await M$i();"; done
  for i in $(seq 20); do echo "static async Task M$i() { await Task.Yield(); Console.Out.Flush(); }"; done
} > Program.cs
# anew <name> [option...]: how much of that machinery is compiled at start, for each asynchronous method of ours.
anew() {
  dotnet publish look.csproj --configuration Release --output "$1" --verbosity quiet -nologo "${@:2}" >/dev/null
  DOTNET_JitStdOutFile="$folder/$1.txt" DOTNET_JitDisasmSummary=1 dotnet "$1/look.dll"
  rm -rf obj bin
  echo "$1: $(($(grep -c 'AsyncTaskMethodBuilder.*M[0-9]*|' "$1.txt") / 20)) each"
}
seen=$(anew plain; anew told '-p:PublishReadyToRunCrossgen2ExtraArgs=--opt-cross-module:*%3B--non-local-generics-module:*')
printf '%s\n' "$seen"
[ "$seen" = 'plain: 11 each
told: 5 each' ] || { echo 'changed' >&2; exit 1; }
