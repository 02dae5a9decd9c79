using System.Net;

namespace Glancy.Bot;

/// <summary>
/// Doors to the network, each a port that answers under its own paths and nowhere else. Everything else, the terminal
/// and the world's clock among it, is the local socket's.
/// </summary>
internal static class NetworkDoors
{
    /// <summary>Opens the port; false when the text is no address.</summary>
    public static bool Listen(WebApplicationBuilder builder, string listen)
    {
        if (!IPEndPoint.TryParse(listen, out var address))
        {
            return false;
        }

        builder.WebHost.ConfigureKestrel((_, kestrel) => kestrel.Listen(address));
        return true;
    }

    /// <summary>Before anything is mapped.</summary>
    /// <param name="doors">What each address answers under.</param>
    public static void Guard(WebApplication app, IEnumerable<(string Listen, string Prefix)> doors)
    {
        var prefixes = doors
            .Select(d => (Parsed: IPEndPoint.TryParse(d.Listen, out var address), Address: address, d.Prefix))
            .Where(d => d.Parsed)
            .ToLookup(d => d.Address?.Port ?? 0, d => new PathString(d.Prefix));
        var broken = app.Services.GetRequiredService<BrokenRequests>();
        app.Use(
            async (http, next) =>
            {
                // Only a connection of the network has an address here.
                if (http.Connection.LocalIpAddress is null)
                {
                    await next(http);
                    return;
                }

                if (
                    !prefixes[http.Connection.LocalPort]
                        .Any(prefix => http.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal))
                )
                {
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }

                try
                {
                    await next(http);
                }
                catch (Exception e) when (BrokenRequests.Is(e, http) && !http.Response.HasStarted)
                {
                    broken.Count(e);
                    http.Response.StatusCode =
                        (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
                }
            }
        );
    }

    /// <summary>All of a body, as it came; null when it is larger than is taken.</summary>
    public static async Task<byte[]?> BodyAsync(HttpRequest request, int largest, CancellationToken cancellationToken)
    {
        if (request.ContentLength > largest)
        {
            return null;
        }

        using var body = new MemoryStream();
        var part = new byte[81_920];
        int read;
        while ((read = await request.Body.ReadAsync(part, cancellationToken)) > 0)
        {
            if (body.Length + read > largest)
            {
                return null;
            }

            body.Write(part, 0, read);
        }

        return body.ToArray();
    }
}
