using System.Collections.Concurrent;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>What the parser is given for one book of commands.</summary>
/// <remarks>
/// The parser goes through everything it is given, with every line anew. Where the verbs say which command it is, that
/// is this command alone.
/// </remarks>
internal sealed class CommandTrees(CommandBook book, IReadOnlyList<OptionSpec> everywhere)
{
    private readonly ConcurrentDictionary<CommandRegistration, CommandTree> single = [];
    private readonly Lazy<CommandTree> whole = new(() => new CommandTree(book.All, everywhere));

    public CommandBook Book => book;

    /// <param name="command">Null where the words say none.</param>
    public CommandTree Of(CommandRegistration? command) =>
        command is null ? whole.Value : single.GetOrAdd(command, one => new CommandTree([one], everywhere));
}
