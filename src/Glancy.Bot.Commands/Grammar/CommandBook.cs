using System.Reflection;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>A command's spec and the class that answers it.</summary>
public sealed record CommandRegistration(CommandSpec Spec, Type Class);

/// <summary>All commands there are, by what people say.</summary>
public sealed class CommandBook
{
    private readonly Dictionary<string, CommandRegistration> byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CommandRegistration> questions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> groups = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">Two classes claim the same verbs, or a class has no spec; the
    /// message names them.</exception>
    public CommandBook(IEnumerable<CommandRegistration> commands)
    {
        All = [.. commands.OrderBy(c => c.Spec.Topic).ThenBy(c => c.Spec.Verbs, StringComparer.Ordinal)];
        foreach (var command in All)
        {
            Claim(command.Spec.Verbs, command);
            foreach (var question in command.Spec.Questions)
            {
                questions.Add(question, command);
            }

            foreach (
                var alias in command
                    .Spec.Aliases.SelectMany(alias => Mixed(alias, command.Spec.Verbs))
                    .Distinct(StringComparer.OrdinalIgnoreCase)
            )
            {
                Claim(alias, command);
            }
        }
    }

    public IReadOnlyList<CommandRegistration> All { get; }

    /// <summary>With what the procedures of a runbook bring.</summary>
    public CommandBook With(RunbookContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return With(content.Verbs, content.Procedures, [.. content.Flags.Keys]);
    }

    /// <inheritdoc cref="With(RunbookContent)"/>
    public CommandBook With(
        IReadOnlyList<Verb> verbs,
        IReadOnlyDictionary<string, Procedure> procedures,
        IReadOnlyCollection<string> flags
    ) => new(All.Concat(verbs.Select(verb => VerbSpecs.Of(verb, procedures, flags))));

    /// <summary>Every class of the assembly that is a command.</summary>
    public static CommandBook Scan(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new(
            assembly
                .GetTypes()
                .Where(type =>
                    type is { IsClass: true, IsAbstract: false }
                    && type.IsAssignableTo(typeof(ICommand))
                    && !type.IsAssignableTo(typeof(IVerbCommand))
                )
                .Select(type => new CommandRegistration(SpecOf(type), type))
        );
    }

    /// <summary>Paths of every spelling, to suggest from.</summary>
    public IEnumerable<string> Paths => byPath.Keys;

    public CommandRegistration? Find(string path) => byPath.GetValueOrDefault(path);

    /// <summary>What answers a question; null for one that is not known word by word.</summary>
    public CommandRegistration? Asked(string question) => questions.GetValueOrDefault(question);

    /// <summary>The first word of several commands, in the way the specs write it; null when it is none.</summary>
    public string? Group(string word) => groups.GetValueOrDefault(word);

    private static CommandSpec SpecOf(Type type) =>
        type.GetProperty("Spec", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as CommandSpec
        ?? throw new InvalidOperationException($"{type.Name} is a command without a public static Spec.");

    // "运行 确认" for "run confirm" also makes "运行 confirm" and "run 确认".
    private static IEnumerable<string> Mixed(string alias, string verbs)
    {
        yield return alias;
        var (one, other) = (alias.Split(' '), verbs.Split(' '));
        if (one.Length == 2 && other.Length == 2)
        {
            yield return one[0] + " " + other[1];
            yield return other[0] + " " + one[1];
        }
    }

    private void Claim(string path, CommandRegistration command)
    {
        if (byPath.TryGetValue(path, out var other) && other != command)
        {
            throw new InvalidOperationException(
                $"{other.Spec.Verbs} ({other.Class.Name}) and {command.Spec.Verbs} ({command.Class.Name}) both claim "
                    + $"\"{path}\"."
            );
        }

        byPath[path] = command;
        if (path.Split(' ') is [var group, _])
        {
            groups.TryAdd(group, command.Spec.Verbs.Split(' ')[0]);
        }
    }
}
