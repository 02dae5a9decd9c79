using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Bot.Commands.Tests;

public class CommandsArrowsTests
{
    [Fact]
    public void Every_command_of_the_assembly_is_registered_once()
    {
        var services = new ServiceCollection().AddLogging().AddGlancyBotCommands();
        var commands = typeof(CommandsServices)
            .Assembly.GetTypes()
            .Where(t =>
                t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(Commands.Grammar.ICommand))
            );
        Assert.Single(services, s => s.ServiceType == typeof(Commands.Grammar.IVerbCommand));
        Assert.All(
            commands.Where(c => !c.IsAssignableTo(typeof(Commands.Grammar.IVerbCommand))),
            command => Assert.Single(services, s => s.ServiceType == command)
        );
    }

    [Fact]
    public void A_view_knows_no_clock_no_client_and_does_not_wait()
    {
        var views = Sources
            .Of("Glancy.Bot.Commands")
            .Where(s => s.File.EndsWith("View.cs", StringComparison.Ordinal))
            .ToList();
        Assert.True(views.Count > 8);
        Assert.All(
            views,
            view =>
            {
                Assert.Contains(" static class", view.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("await ", view.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("TimeProvider", view.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("Task<", view.Text, StringComparison.Ordinal);
            }
        );
    }
}
