namespace Glancy.Runbook.Yaml;

/// <summary>A YAML value with its one-based line. Every scalar is text; its reader decides what it must be.</summary>
internal abstract record YamlNode(int Line);

internal sealed record YamlText(string Value, int Line) : YamlNode(Line);

internal sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);

internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlNode(Line);

internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
