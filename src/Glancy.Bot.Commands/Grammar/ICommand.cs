using Glancy.Bot.Commands.Pages;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// A command people say. A new one is one file: a class with <c>public static CommandSpec Spec { get; }</c> and its
/// answer; it is found by scanning the assembly (<see cref="CommandBook"/>).
/// </summary>
public interface ICommand
{
    /// <summary>
    /// Does what was said. Expected trouble is an answer; what is thrown is a defect or a database that is away.
    /// </summary>
    Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken);
}

/// <summary>
/// Answers every verb that the runbook's procedures bring with them; which one it was, its invocation says.
/// </summary>
internal interface IVerbCommand : ICommand;
