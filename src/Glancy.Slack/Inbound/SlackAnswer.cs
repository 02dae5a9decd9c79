using System.Text.Json;
using Glancy.Slack.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Glancy.Slack.Inbound;

/// <summary>Writes a reply the way the kind of request wants it.</summary>
internal static partial class SlackAnswer
{
    public static Task ChallengeAsync(HttpResponse response, string challenge) =>
        WriteAsync(response, new { challenge });

    public static Task SendAsync(
        HttpResponse response,
        SlackRequest request,
        SlackReply reply,
        SlackOptions settings,
        ILogger log
    )
    {
        switch (reply, request)
        {
            case (TakenReply, _):
                return Task.CompletedTask;
            case (NotTakenReply no, SlashCommand):
                // With any status but 200 Slack would show words of its own and hide these.
                return WriteAsync(response, new ResponseMessage(no.Text ?? settings.NotTakenText));
            case (NotTakenReply, _):
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            case (MessageReply said, SlashCommand):
                return WriteAsync(response, said.Message);
            case (ViewReply view, ViewSubmission):
                return WriteAsync(
                    response,
                    new
                    {
                        view.ResponseAction,
                        view.View,
                        Errors = view.FieldErrors,
                    }
                );
            default:
                // Taken all the same: a second delivery would not be answered better.
                Misfit(log, reply.GetType().Name, request.GetType().Name);
                return Task.CompletedTask;
        }
    }

    private static Task WriteAsync<T>(HttpResponse response, T value)
    {
        response.ContentType = "application/json; charset=utf-8";
        return response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, SlackJson.Options)).AsTask();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a {Reply} is no answer to a {Request}; it was only acknowledged")]
    private static partial void Misfit(ILogger log, string reply, string request);
}
