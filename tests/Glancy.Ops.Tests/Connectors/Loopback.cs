using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Glancy.Ops.Tests.Connectors;

/// <summary>A web server on a free port of this machine, for what stands in for somebody else's.</summary>
internal static class Loopback
{
    /// <summary>Starts it; its address is the only one of its <see cref="WebApplication.Urls"/>.</summary>
    /// <param name="answers">What it answers.</param>
    public static async Task<WebApplication> StartAsync(
        Action<WebApplication> answers,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        answers(app);
        await app.StartAsync(cancellationToken);
        return app;
    }
}
