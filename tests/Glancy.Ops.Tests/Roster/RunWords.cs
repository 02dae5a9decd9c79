using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Roster;

/// <summary>Words on runs and leases, each on a run that still takes it.</summary>
internal sealed class RunWords(OpsHouse house, CancellationToken token)
{
    private const string Manual = "exports-workers";
    private Run? at;
    private Lease? lease;

    public async Task<string> SayAsync(string permission, Person person)
    {
        var desk = house.Get<RunDesk>();
        switch (permission)
        {
            case "procedure.draft":
                return Code(await DraftAsync("rollback", person));
            case "run.confirm":
                at = await DraftedAsync(Manual);
                return Code(await desk.ConfirmAsync(at.Id, at.Plan.Code, person, null, token));
            case "run.second":
                at = await DraftedAsync("rollback");
                return Code(await desk.ConfirmAsync(at.Id, at.Plan.Code, person, null, token));
            case "run.break-glass":
                at = await DraftedAsync("rollback");
                return Code(await desk.ConfirmAsync(at.Id, at.Plan.Code, person, "nobody else answers", token));
            case "run.abort":
                at = await DraftedAsync(Manual);
                return Code(await desk.AbortAsync(at.Id, person, "no need", token));
            case "run.dismiss":
                at = await DraftedAsync(Manual, by: "lin");
                return Code(await desk.DismissAsync(at.Id, "no need", person, token));
            case "run.retry":
                at = await PausedAsync();
                return Code(await desk.RetryAsync(at.Id, person, token));
            case "run.skip":
                at = await PausedAsync();
                return Code(await desk.SkipAsync(at.Id, "scale", "scaled by hand", person, token));
            case "run.tick":
                at = await PausedAsync();
                return Code(await desk.TickAsync(at.Id, "scale", "48/48 ready", person, token));
            default:
                throw new InvalidOperationException($"Nothing is said of {permission}.");
        }
    }

    /// <summary>A temporary change that stands, made by those on duty.</summary>
    public async Task LeaseAsync()
    {
        var draft = await DraftedAsync("rollback", by: "lin");
        await house.ConfirmAsync(draft, "wu", token);
        await house.WorkAsync(token);
        var open = await house.Get<LeaseStore>().OpenAsync(token);
        lease = open.First(l => l.Target.StartsWith("flag/", StringComparison.Ordinal));
    }

    /// <summary>Ends a copy of the lease: one that lies alone, or one that lies under another.</summary>
    public async Task<string> EndLeaseAsync(string permission, Person person)
    {
        var top = lease ?? throw new InvalidOperationException("There is no lease.");

        // Each copy is of a run of its own.
        at = await DraftedAsync(Manual);
        var run = at.Id;
        await EndAsync();
        var copies = await house
            .Get<BotDatabase>()
            .QueryAsync<long>(
                """
                insert into glancy.lease overriding system value
                select (jsonb_populate_record(
                    l, jsonb_build_object('run_id', @run, 'id', (select min(id) - 1 from glancy.lease)))).*
                  from glancy.lease l where l.id = @Id
                returning id
                """,
                new { top.Id, run },
                token
            );
        return Code(
            permission == "lease.keep"
                ? await house.Get<LeaseDesk>().KeepAsync(copies[0], person, "for good", token)
                : await house.Get<LeaseDesk>().RevertAsync(copies[0], person, "well again", token)
        );
    }

    private async Task<DraftOutcome> DraftAsync(string procedure, Person by)
    {
        var arguments = new Dictionary<string, string> { ["reason"] = "a test" };
        if (procedure == "rollback")
        {
            arguments["batch"] = "REL-B3";
        }

        return await house.Get<Drafts>().DraftAsync(procedure, arguments, by, "a test", token);
    }

    // A draft that waits for its first or second person; the one before, where it does not any more, is put away.
    private async Task<Run> DraftedAsync(string procedure, string by = Cast.Outsider)
    {
        var before = at is null ? null : await house.RunAsync(at.Id, token);
        if (before is { Open: true, Confirmations.Count: 0 } waits)
        {
            return waits;
        }

        await EndAsync();
        return await DraftAsync(procedure, house.Person(by)) switch
        {
            DraftOutcome.Drafted drafted => drafted.Run,
            DraftOutcome.Waits already => already.Run,
            var outcome => throw new InvalidOperationException(outcome.ToString()),
        };
    }

    private async Task<Run> PausedAsync()
    {
        if (at is not null && (await house.RunAsync(at.Id, token)) is { State: RunState.Paused } paused)
        {
            return paused;
        }

        await EndAsync();
        var draft = await DraftedAsync(Manual, by: "lin");
        await house.ConfirmAsync(draft, "lin", token);
        await house.WorkAsync(token);
        var run = await house.RunAsync(draft.Id, token);
        Assert.Equal(RunState.Paused, run.State);
        return run;
    }

    private async Task EndAsync()
    {
        if (at is null || (await house.RunAsync(at.Id, token)).Ended)
        {
            return;
        }

        var by = (await house.RunAsync(at.Id, token)).Open ? at.RequestedBy : "lin";
        await house.Get<RunDesk>().AbortAsync(at.Id, house.Person(by), "the next", token);
        await house.WorkAsync(token);
        Assert.True((await house.RunAsync(at.Id, token)).Ended);
        at = null;
    }

    private static string Code(RunOutcome outcome) => (outcome as RunOutcome.Refused)?.Refusal.Code ?? "";

    private static string Code(LeaseOutcome outcome) => (outcome as LeaseOutcome.Refused)?.Refusal.Code ?? "";

    private static string Code(DraftOutcome outcome) => (outcome as DraftOutcome.Refused)?.Refusal.Code ?? "";
}
