using System.Data.Common;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// Shows a run while it goes on, until it ends, pauses or waits for a person; any replica may be doing the work.
/// </summary>
public sealed class RunFollower(
    RunStore runs,
    StuckLook stuck,
    RunBesideReader besides,
    IncidentStore incidents,
    DutyRoster roster,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    // Real time: it is only a look into the database.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(2);

    /// <summary>The number of the newest line of a run's history; zero when there is none.</summary>
    public async Task<long> LastEventAsync(long run, CancellationToken cancellationToken)
    {
        var events = await runs.EventsAsync(run, 0, cancellationToken);
        return events.Count == 0 ? 0 : events[^1].Seq;
    }

    /// <summary>The page of a run as it stands.</summary>
    public async Task<Answer> ShowAsync(Run run, Phrasebook words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var names = new Names(words, runbook.Current);
        var confirmers = await ConfirmersAsync(run, names, cancellationToken);
        run = await stuck.RefreshedAsync(run, cancellationToken);
        return new Answer(
            RunView.Page(run, confirmers, names, await BesideAsync(run, cancellationToken)),
            RunData.Of(run, words)
        );
    }

    /// <summary>
    /// What there is to tell beside a run: which one stands in its place, the red lights that it has left to nobody,
    /// and what it changed that still stands.
    /// </summary>
    public Task<RunBeside> BesideAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return besides.OfAsync(run, cancellationToken);
    }

    /// <summary>Who may confirm a run now; null when it does not wait for that.</summary>
    public async Task<Confirmers?> ConfirmersAsync(Run run, Names names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!run.Open)
        {
            return null;
        }

        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        var open = await incidents.OpenAsync(cancellationToken);
        return Confirmers.Of(run, onCall, names).With(run, onCall, open, names.Runbook);
    }

    /// <summary>The page of what was drafted, or why it was not.</summary>
    public async Task<Answer> DraftedAsync(
        DraftOutcome outcome,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(invocation);
        switch (outcome)
        {
            case DraftOutcome.Drafted drafted:
                invocation.NowRecorded();
                return await ShowAsync(drafted.Run, invocation.Words, cancellationToken);
            case DraftOutcome.Waits waits:
                return await WaitsAsync(waits.Run, invocation.Words, cancellationToken);
            case DraftOutcome.Refused refused:
                return RefusalView.Answer(refused.Refusal, invocation.Words);
            default:
                throw new InvalidOperationException("A draft is neither drafted nor refused.");
        }
    }

    /// <summary>The page of a draft of the same thing that waits already.</summary>
    public async Task<Answer> WaitsAsync(Run run, Phrasebook words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(words);
        var shown = await ShowAsync(run, words, cancellationToken);
        return shown with
        {
            Page = shown.Page with
            {
                Title = words.Say("run.waits", run.Name, new Names(words, runbook.Current).Person(run.RequestedBy)),
            },
        };
    }

    /// <summary>Follows from the given line on and answers with the page of how it stands then.</summary>
    /// <param name="wait">Also through verification; without, only until the effects have ended.</param>
    public async Task<Answer> FollowAsync(
        long id,
        long afterSeq,
        bool wait,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(invocation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(invocation.Gone, cancellationToken);
        var seen = afterSeq;
        RunProgress? progress = null;
        var away = TimeSpan.Zero;
        while (true)
        {
            try
            {
                // The run first: every event that led to this state is then among the events.
                if (await runs.GetAsync(id, either.Token) is not { } run)
                {
                    return RefusalView.Answer(new Refusal("unknown-run", "", RunName.Of(id)), invocation.Words);
                }

                progress ??= new RunProgress(run, new Names(invocation.Words, runbook.Current));
                foreach (var happened in await runs.EventsAsync(id, seen, either.Token))
                {
                    seen = happened.Seq;
                    if (progress.Line(happened) is { } line)
                    {
                        await invocation.Replies.LineAsync(
                            line,
                            new RunEventData(RunName.Of(id), happened),
                            invocation.Gone
                        );
                    }
                }

                if (!invocation.Follows || Stands(run, wait))
                {
                    return (await ShowAsync(run, invocation.Words, either.Token)) with { ExitCode = ExitCodeOf(run) };
                }

                away = TimeSpan.Zero;
            }
            catch (DbException) when (away < Outage)
            {
                if (away == TimeSpan.Zero)
                {
                    await invocation.Replies.NoteAsync(invocation.Words["run.database-away"], invocation.Gone);
                }

                away += LookAgain;
            }

            await Task.Delay(LookAgain, either.Token);
        }
    }

    /// <summary>For scripts: zero when it went well or simply goes on.</summary>
    public static ExitCode ExitCodeOf(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.State switch
        {
            RunState.Paused => run.Pause is PauseReason.Unknown or PauseReason.Unverified
                ? ExitCode.Unknown
                : ExitCode.Refused,
            RunState.Aborted or RunState.Failed or RunState.Expired or RunState.Superseded => ExitCode.Refused,
            _ => ExitCode.Done,
        };
    }

    // A paused run that is being aborted still moves by itself.
    private static bool Stands(Run run, bool wait) =>
        run.Ended
        || run.Open
        || (run.State == RunState.Paused && run.AbortRequestedBy is null)
        || (run.State == RunState.Verifying && !wait);
}
