using Glancy.Slack.Api;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Glancy.Slack.Handling;

/// <summary>Calls the handlers of what <see cref="MemoryInbox"/> took, one request after the other.</summary>
internal sealed partial class HandlerWork(
    MemoryInbox inbox,
    IServiceScopeFactory scopes,
    ISlackApiClient slack,
    ILogger<HandlerWork> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in inbox.Line.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await HandleAsync(scope.ServiceProvider, request, stoppingToken);
            }
            // one handler's fault must not silence the others
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e, request.DedupeKey);
            }
        }
    }

    private async Task HandleAsync(IServiceProvider services, SlackRequest request, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case SlashCommand command:
                foreach (
                    var handler in services.GetServices<ISlashCommandHandler>().Where(h => h.Command == command.Command)
                )
                {
                    await RespondAsync(
                        command.ResponseUrl,
                        await handler.HandleAsync(command, cancellationToken),
                        cancellationToken
                    );
                }

                break;
            case BlockActions clicks:
                foreach (var click in clicks.Actions)
                {
                    foreach (
                        var handler in services
                            .GetServices<IBlockActionHandler>()
                            .Where(h => h.ActionId == click.ActionId)
                    )
                    {
                        await RespondAsync(
                            clicks.ResponseUrl,
                            await handler.HandleAsync(click, clicks, cancellationToken),
                            cancellationToken
                        );
                    }
                }

                break;
            case MessageShortcut shortcut:
                foreach (
                    var handler in services
                        .GetServices<IMessageShortcutHandler>()
                        .Where(h => h.CallbackId == shortcut.CallbackId)
                )
                {
                    await RespondAsync(
                        shortcut.ResponseUrl,
                        await handler.HandleAsync(shortcut, cancellationToken),
                        cancellationToken
                    );
                }

                break;
            case SlackEvent slackEvent:
                foreach (var route in services.GetServices<EventRoute>().Where(r => r.Type == slackEvent.Type))
                {
                    await route.HandleAsync(slackEvent, cancellationToken);
                }

                break;
        }
    }

    private async Task RespondAsync(Uri? address, ResponseMessage? message, CancellationToken cancellationToken)
    {
        if (
            address is not null
            && message is not null
            && await slack.In(SlackLane.Confirmation).Respond(address, message, cancellationToken)
                is not SlackOk<SlackDone>
                    and var result
        )
        {
            Unsaid(log, result.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a handler failed on {Key}")]
    private static partial void Failed(ILogger log, Exception exception, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "an answer did not reach its person: {Result}")]
    private static partial void Unsaid(ILogger log, string result);
}
