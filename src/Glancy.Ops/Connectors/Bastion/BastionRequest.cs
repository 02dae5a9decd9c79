using System.Globalization;
using System.Text;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>One request as the agent reads it: a field per line, closed by <c>end</c> (bastion/README.md).</summary>
internal sealed class BastionRequest
{
    /// <summary>First line of every request and of every answer.</summary>
    public const string Protocol = "glancy-agent 1";

    private readonly StringBuilder _text = new(Protocol + "\n");

    public BastionRequest(string verb) => Add("verb", verb);

    /// <summary>Set when a value could leave its line; such a request must not be sent.</summary>
    public string? Problem { get; private set; }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString() + "end\n");

    public BastionRequest Add(string name, string value)
    {
        if (value.Any(char.IsControl))
        {
            Problem ??= $"{name} holds a control character";
        }

        _text.Append(name).Append(' ').Append(value).Append('\n');
        return this;
    }

    public BastionRequest Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public BastionRequest Add(BastionAnchor? anchor) =>
        anchor is null
            ? this
            : Add("anchor", string.Create(CultureInfo.InvariantCulture, $"{anchor.Seq} {anchor.Hash}"));

    public BastionRequest Add(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (name.Contains(' ', StringComparison.Ordinal))
            {
                Problem ??= "a parameter's name holds a blank";
            }

            Add("param", $"{name} {value}");
        }

        return this;
    }
}
