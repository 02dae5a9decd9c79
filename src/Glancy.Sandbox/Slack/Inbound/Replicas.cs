namespace Glancy.Sandbox.Slack.Inbound;

/// <summary>
/// Reaches the app's replicas as a load balancer does: each in turn, and the next one when nobody listens.
/// </summary>
internal sealed class Replicas(Func<IReadOnlyList<Uri>> addresses) : IDisposable
{
    private readonly HttpClient http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
    private int turn = -1;

    /// <param name="request">Makes the request for an address; anew for each one that is tried.</param>
    /// <returns>The answer and who gave it; null when there is nobody.</returns>
    /// <exception cref="HttpRequestException">The connection broke after something was sent.</exception>
    public async Task<(HttpResponseMessage Answer, Uri From)?> SendAsync(
        Func<Uri, HttpRequestMessage> request,
        CancellationToken cancellationToken
    )
    {
        var all = addresses();
        var first = Interlocked.Increment(ref turn) & int.MaxValue;
        for (var i = 0; i < all.Count; i++)
        {
            var address = all[(first + i) % all.Count];
            using var message = request(address);
            try
            {
                return (await http.SendAsync(message, cancellationToken), address);
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // Nothing was sent; the next one may be there.
            }
        }

        return null;
    }

    public void Dispose() => http.Dispose();
}
