using System.CommandLine;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>Commands in the shape that the parser wants.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<Command, CommandRegistration> commands = [];

    public CommandTree(IEnumerable<CommandRegistration> registrations, IEnumerable<OptionSpec> everywhere)
    {
        // Not a RootCommand: that one brings directives and a version option along.
        Root = new Command("glancy");
        foreach (var option in everywhere)
        {
            Root.Add(Option(option, recursive: true));
        }

        foreach (var registration in registrations)
        {
            Add(registration);
        }
    }

    public Command Root { get; }

    public CommandRegistration? Of(Command command) => commands.GetValueOrDefault(command);

    private void Add(CommandRegistration registration)
    {
        var parent = Root;
        foreach (var verb in registration.Spec.Verbs.Split(' '))
        {
            var child = parent.Subcommands.FirstOrDefault(c => c.Name == verb);
            if (child is null)
            {
                child = new Command(verb);
                parent.Add(child);
            }

            parent = child;
        }

        commands[parent] = registration;
        foreach (var argument in registration.Spec.Arguments)
        {
            // What is required is checked by our own words, not by the parser's.
            parent.Add(
                argument.Many
                    ? new Argument<string[]>(argument.Name) { Arity = ArgumentArity.ZeroOrMore }
                    : new Argument<string>(argument.Name) { Arity = ArgumentArity.ZeroOrOne }
            );
        }

        foreach (var option in registration.Spec.Options)
        {
            parent.Add(Option(option, recursive: false));
        }
    }

    private static Option Option(OptionSpec spec, bool recursive) =>
        spec.Kind is null
            ? new Option<bool>("--" + spec.Name) { Arity = ArgumentArity.Zero, Recursive = recursive }
            : new Option<string[]>("--" + spec.Name)
            {
                Arity = ArgumentArity.ZeroOrMore,
                AllowMultipleArgumentsPerToken = false,
                Recursive = recursive,
            };
}
