namespace Glancy.Sandbox.Control;

/// <summary>The tools' small grammar: words in order, and options with a value anywhere.</summary>
internal sealed class Arguments
{
    private readonly List<string> words = [];
    private readonly Dictionary<string, string> options = [];

    private Arguments() { }

    public IReadOnlyList<string> Words => words;

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <param name="valued">Options that take a value; any other option is a problem.</param>
    /// <param name="switches">Options without a value.</param>
    public static Arguments Parse(
        IReadOnlyList<string> argv,
        IReadOnlyCollection<string> valued,
        params IReadOnlyCollection<string> switches
    )
    {
        var parsed = new Arguments();
        for (var i = 0; i < argv.Count; i++)
        {
            if (!argv[i].StartsWith("--", StringComparison.Ordinal))
            {
                parsed.words.Add(argv[i]);
            }
            else if (valued.Contains(argv[i]) && i + 1 < argv.Count)
            {
                parsed.options[argv[i]] = argv[++i];
            }
            else if (switches.Contains(argv[i]))
            {
                parsed.options[argv[i]] = "";
            }
            else
            {
                parsed.Problem ??= valued.Contains(argv[i]) ? $"{argv[i]} wants a value" : $"unknown option {argv[i]}";
            }
        }

        return parsed;
    }

    public string? this[string option] => options.GetValueOrDefault(option);

    /// <summary>Why these arguments are not for production; null when they are.</summary>
    public string? ProductionProblem() =>
        Problem
        ?? this["--env"] switch
        {
            "prod" => null,
            null => "--env is missing",
            var other => $"unknown environment {other}",
        };
}
