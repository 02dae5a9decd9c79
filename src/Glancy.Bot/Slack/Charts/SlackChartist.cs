using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Slack.Outbox;
using Glancy.Ops.Hooks.History;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Runbook;
using Glancy.Slack.Api;

namespace Glancy.Bot.Slack.Charts;

/// <summary>
/// Draws the hook of one run and gives the picture to Slack. Nobody sees a file that no message shows, so all of it may
/// be repeated; who dies in between leaves such a file behind and nothing else.
/// </summary>
internal sealed partial class SlackChartist(
    RunStore runs,
    HookSeriesReader reader,
    RunbookHolder runbook,
    ISlackApiClient slack,
    SlackCharts charts,
    SlackGone gone,
    IKillPoints kill,
    ILogger<SlackChartist> logger
)
{
    public async Task DrawAsync(ChartTask task, CancellationToken cancellationToken)
    {
        kill.Reach("slack-chart-taken");
        if (await runs.GetAsync(task.RunId, cancellationToken) is not { Context: { } context } run)
        {
            await charts.NoneAsync(task, cancellationToken);
            return;
        }

        var content = runbook.Current;
        var (from, to) = HookChart.Span(run, task.Ended);
        switch (await reader.ReadAsync(content, context, from, to, cancellationToken))
        {
            case SeriesOutcome.Read { Series: var series }:
                await GiveAsync(
                    task,
                    run,
                    HookChart.Of(run, context, series, TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone)),
                    cancellationToken
                );
                break;
            case SeriesOutcome.Unknown { Why: var why }:
                await NotAsync(task, why, cancellationToken);
                break;
        }
    }

    /// <summary>No picture this time, and why.</summary>
    public async Task NotAsync(ChartTask task, string why, CancellationToken cancellationToken)
    {
        LogNone(task.Key, task.Attempts, SlackCharts.Queue.MostAttempts, why);

        // In the end the card stays without a picture: it says all that has to be known.
        if (await charts.NotAsync(task, why, cancellationToken))
        {
            await gone.TellGivenUpAsync(SlackCharts.Queue.Name, "failed", cancellationToken);
        }
    }

    private async Task GiveAsync(ChartTask task, Run run, HookChart chart, CancellationToken cancellationToken)
    {
        if (HookChartDrawing.Png(chart) is not { } png)
        {
            await NotAsync(task, "this host has no font", cancellationToken);
            return;
        }

        switch (
            await slack
                .In(SlackLane.Bulk)
                .Files.Upload(new FileUpload($"{run.Name}-{chart.Series.Hook}.png", png), cancellationToken)
        )
        {
            case SlackOk<UploadedFile> { Value.Id: var file }:
                kill.Reach("slack-chart-uploaded");
                await charts.DrawnAsync(task, new SlackChart(file, HookChartFacts.Of(chart)), cancellationToken);
                kill.Reach("slack-chart-known");
                break;
            case SlackFailed<UploadedFile> { Error: var error }:
                await NotAsync(task, $"{error.Code} {string.Join("; ", error.Details)}", cancellationToken);
                break;
            case SlackUnknown<UploadedFile> { Reason: var reason }:
                await NotAsync(task, reason, cancellationToken);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} has no picture, attempt {Try} of {Most}: {Why}")]
    private partial void LogNone(string key, int @try, int most, string why);
}
