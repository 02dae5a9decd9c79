namespace Glancy.Runbook.Yaml;

/// <summary>
/// Takes the fields of one mapping. A missing or wrong field is reported and answered with a harmless value, so that
/// one pass finds every problem; what nobody took is an unknown field (<see cref="Done"/>).
/// </summary>
internal sealed partial class Fields(YamlMap map, string file, RunbookReading reading)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public int Line => map.Line;

    public string File => file;

    public bool Has(string name) => map.Entries.Any(e => e.Key == name);

    public int LineOf(string name) => map.Entries.FirstOrDefault(e => e.Key == name)?.Value.Line ?? map.Line;

    public void Problem(string name, string code, params string[] arguments) =>
        reading.Problem(file, LineOf(name), code, arguments);

    public string Text(string name) => OptionalText(name) ?? Missing(name, "");

    public string? OptionalText(string name)
    {
        if (Take(name) is not { } node)
        {
            return null;
        }

        if (node is not YamlText text)
        {
            reading.Problem(file, node.Line, "text-expected", name);
            return "";
        }

        if (string.IsNullOrWhiteSpace(text.Value))
        {
            reading.Problem(file, node.Line, "empty-value", name);
        }

        return text.Value;
    }

    public Words Words(string name)
    {
        if (Map(name) is not { } words)
        {
            return new Words("", "");
        }

        var both = new Words(words.Text("zh"), words.Text("en"));
        words.Done();
        return both;
    }

    /// <summary>A § of the source. It must be one the source has.</summary>
    public string Section(string name = "section")
    {
        var section = Text(name);
        if (section.Length > 0)
        {
            reading.Refer(Glancy.Runbook.References.Section, section, file, LineOf(name));
        }

        return section;
    }

    /// <summary>
    /// A reference to something declared elsewhere in the runbook; <paramref name="kind"/> is also the code's ending.
    /// </summary>
    public string Reference(string name, string kind)
    {
        var id = Text(name);
        if (id.Length > 0)
        {
            reading.Refer(kind, id, file, LineOf(name));
        }

        return id;
    }

    public string? OptionalReference(string name, string kind) => Has(name) ? Reference(name, kind) : null;

    /// <summary>A list of texts, with their lines; empty when absent.</summary>
    public IReadOnlyList<YamlText> Texts(string name)
    {
        var texts = new List<YamlText>();
        foreach (var item in Items(name, required: false))
        {
            if (item is YamlText { Value.Length: > 0 } text)
            {
                texts.Add(text);
            }
            else
            {
                reading.Problem(file, item.Line, "text-expected", name);
            }
        }

        return texts;
    }

    public IReadOnlyList<string> References(string name, string kind)
    {
        var texts = Texts(name);
        foreach (var text in texts)
        {
            reading.Refer(kind, text.Value, file, text.Line);
        }

        return [.. texts.Select(t => t.Value)];
    }

    /// <summary>A list of mappings; absence is a problem.</summary>
    public IEnumerable<Fields> Maps(string name) => Maps(name, required: true);

    /// <summary>A list of mappings, which may be absent or empty.</summary>
    public IEnumerable<Fields> OptionalMaps(string name) => Maps(name, required: false);

    private IEnumerable<Fields> Maps(string name, bool required)
    {
        foreach (var item in Items(name, required))
        {
            if (item is YamlMap inner)
            {
                yield return new Fields(inner, file, reading);
            }
            else
            {
                reading.Problem(file, item.Line, "mapping-expected", name);
            }
        }
    }

    public Fields? Map(string name)
    {
        if (Has(name))
        {
            return OptionalMap(name);
        }

        Missing(name, "");
        return null;
    }

    public Fields? OptionalMap(string name)
    {
        switch (Take(name))
        {
            case null:
                return null;
            case YamlMap inner:
                return new Fields(inner, file, reading);
            case var other:
                reading.Problem(file, other.Line, "mapping-expected", name);
                return null;
        }
    }

    /// <summary>All entries of a mapping whose keys are data, in their order.</summary>
    public IReadOnlyList<YamlEntry> All()
    {
        taken.UnionWith(map.Entries.Select(e => e.Key));
        return map.Entries;
    }

    /// <summary>Reports what nobody took.</summary>
    public void Done()
    {
        foreach (var entry in map.Entries.Where(e => !taken.Contains(e.Key)))
        {
            reading.Problem(file, entry.Line, "unknown-field", entry.Key);
        }
    }

    private IReadOnlyList<YamlNode> Items(string name, bool required)
    {
        switch (Take(name))
        {
            case null:
                if (required)
                {
                    Missing(name, "");
                }

                return [];
            case YamlList list:
                if (required && list.Items.Count == 0)
                {
                    reading.Problem(file, list.Line, "empty-value", name);
                }

                return list.Items;
            case var other:
                reading.Problem(file, other.Line, "list-expected", name);
                return [];
        }
    }

    private YamlNode? Peek(string name) => map.Entries.FirstOrDefault(e => e.Key == name)?.Value;

    private YamlNode? Take(string name)
    {
        taken.Add(name);
        return Peek(name);
    }

    private string Missing(string name, string otherwise)
    {
        taken.Add(name);
        reading.Problem(file, map.Line, "missing-field", name);
        return otherwise;
    }
}
