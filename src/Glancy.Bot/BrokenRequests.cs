namespace Glancy.Bot;

/// <summary>
/// Requests whose body breaks off or comes too slowly. Anybody can send them by the hundred, and none is a fault of
/// ours: they are counted, and the log has a line for them once a minute.
/// </summary>
internal sealed partial class BrokenRequests(ILogger<BrokenRequests> logger)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private long saidAt;
    private int count;

    /// <summary>Whether the sender is to blame.</summary>
    public static bool Is(Exception broken, HttpContext http) =>
        broken is BadHttpRequestException or IOException
        || (broken is OperationCanceledException && http.RequestAborted.IsCancellationRequested);

    public void Count(Exception broken)
    {
        lock (gate)
        {
            count++;
            if (saidAt != 0 && TimeProvider.System.GetElapsedTime(saidAt) < Between)
            {
                return;
            }

            LogBroken(count, broken.Message);
            (saidAt, count) = (TimeProvider.System.GetTimestamp(), 0);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} requests broke off or came too slowly since the last such line; the newest: {Why}"
    )]
    private partial void LogBroken(int count, string why);
}
