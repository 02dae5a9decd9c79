using Glancy.Bot.Commands.Alerts;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Handovers;
using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Roster;
using Glancy.Bot.Commands.Running;
using Glancy.Bot.Commands.Status;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Runbook.Procedures;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Bot.Commands;

/// <summary>Composition of what people say and see.</summary>
public static class CommandsServices
{
    /// <summary>Adds the grammar, the words and every command of this assembly.</summary>
    /// <exception cref="InvalidOperationException">Two commands claim the same verbs.</exception>
    public static IServiceCollection AddGlancyBotCommands(this IServiceCollection services)
    {
        var book = CommandBook.Scan(typeof(CommandsServices).Assembly);
        services.AddLocalization();
        services.AddSingleton<Phrasebooks>();
        services.AddSingleton(book).AddSingleton<CommandBooks>();
        services.AddSingleton(new ReservedVerbs(book.Paths.ToHashSet(StringComparer.OrdinalIgnoreCase)));
        services.AddSingleton<CommandGrammar>();
        services.AddSingleton<CommandHandlers>();
        services.AddSingleton<Revealing>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<RunBesideReader>();
        services.AddSingleton<RunFollower>();
        services.AddSingleton<RunOutcomeAnswers>();
        services
            .AddSingleton<IncidentAnswers>()
            .AddSingleton<OnCallAnswers>()
            .AddSingleton<AlertReader>()
            .AddSingleton<AlertAnswers>()
            .AddSingleton<SwapAnswers>()
            .AddSingleton<HandoverAnswers>();
        services.AddSingleton<TrainReader>().AddSingleton<OpenMattersReader>().AddSingleton<OverviewReader>();
        services.AddSingleton<NoticeCards>().AddSingleton<ICallWords, CallWords>();
        foreach (
            var card in typeof(CommandsServices)
                .Assembly.GetTypes()
                .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(INoticeCard)))
        )
        {
            services.AddSingleton(typeof(INoticeCard), card);
        }

        foreach (var command in book.All)
        {
            services.AddTransient(command.Class);
        }

        services.AddTransient<IVerbCommand, ProcedureCommand>();
        return services;
    }
}
