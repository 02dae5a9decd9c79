using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// Makes the class that answers a command. The only place that asks the container: which class it is, is known when the
/// line is read.
/// </summary>
public sealed class CommandHandlers(IServiceProvider services)
{
    public ICommand Of(CommandRegistration command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return (ICommand)services.GetRequiredService(command.Class);
    }
}
