using Glancy.Slack.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Slack;

/// <summary>The three doors.</summary>
public static class SlackRoutes
{
    /// <summary>
    /// Maps <c>{prefix}/commands</c>, <c>{prefix}/interactions</c> and <c>{prefix}/events</c>; POST only.
    /// </summary>
    public static IEndpointConventionBuilder MapSlack(this IEndpointRouteBuilder endpoints, string prefix)
    {
        var group = endpoints.MapGroup(prefix);
        Map(group, "/commands", SlackDoorKind.Command);
        Map(group, "/interactions", SlackDoorKind.Interaction);
        Map(group, "/events", SlackDoorKind.Event);
        return group;
    }

    private static void Map(RouteGroupBuilder group, string path, SlackDoorKind kind) =>
        group.MapPost(
            path,
            (RequestDelegate)(http => http.RequestServices.GetRequiredService<SlackDoor>().HandleAsync(http, kind))
        );
}
