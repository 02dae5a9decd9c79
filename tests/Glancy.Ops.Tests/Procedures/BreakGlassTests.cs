using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Tests.Incidents;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Procedures;

public sealed class BreakGlassTests(PostgresFixture postgres)
{
    private static readonly Procedure Rollback = RunbookFolders.Load().Procedures["rollback"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_sev_1_is_open_one_person_confirms_alone()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);

        var confirmed = Assert.IsType<RunOutcome.Accepted>(await house.BreakGlassAsync(draft, "lin", Token)).Run;

        Assert.Equal(RunState.Confirmed, confirmed.State);
        Assert.Equal(
            (incident.Id, "lin", "primary", "nobody else answers"),
            (
                confirmed.BreakGlass?.Incident,
                confirmed.BreakGlass?.Person,
                confirmed.BreakGlass?.Role,
                confirmed.BreakGlass?.Reason
            )
        );
        Assert.Equal([BreakGlassUse.SecondPerson], confirmed.BreakGlass?.Waived);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
        var happened = Assert.Single(
            await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "run-break-glass"), Token)
        );
        Assert.Equal(
            ("lin", "primary", draft.Name, incident.Id),
            (happened.Actor, happened.Role, happened.Run, happened.Incident)
        );
        Assert.Equal(
            ("nobody else answers", "second-person", draft.Plan.Hash),
            (happened.Detail["reason"], happened.Detail["waived"], happened.Detail["plan"])
        );

        // Whatever the run does from there on is the incident's.
        var effects = await house
            .Get<AuditLog>()
            .SearchAsync(new AuditQuery(Action: "step-done", Run: draft.Name, Limit: 100), Token);
        Assert.NotEmpty(effects);
        Assert.All(effects, e => Assert.Equal(incident.Id, e.Incident));
        Assert.True((await house.Get<AuditLog>().VerifyAsync(Token)).Intact);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Severity.Sev2)]
    [InlineData(Severity.Sev3)]
    public async Task Without_an_open_sev_1_it_is_refused(Severity? open)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.CloseAsync(await house.OpenAsync(Severity.Sev1, Token), Token);
        var lesser = open is { } severity ? await house.OpenAsync(severity, Token) : null;
        var draft = await house.DraftRollbackAsync(Token);

        var refused = Assert.IsType<RunOutcome.Refused>(await house.BreakGlassAsync(draft, "lin", Token)).Refusal;

        Assert.Equal("no-open-sev1", refused.Code);
        Assert.Equal(lesser is null ? "" : $"{lesser.Id} {lesser.Level}", refused.Arguments[0]);
        await NothingHappenedAsync(house, draft);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Without_a_reason_it_is_refused(string reason)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);

        Assert.Equal("break-glass-reason", (await house.BreakGlassAsync(draft, "lin", Token, reason)).Code());
        await NothingHappenedAsync(house, draft);
    }

    [Theory]
    [InlineData("olga", "not-on-roster")]
    [InlineData("chen", "not-on-roster")]
    [InlineData("dong", "not-on-call")]
    [InlineData("gao", "not-on-call")]
    public async Task Who_holds_none_of_the_three_roles_breaks_no_glass(string person, string code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "olga");

        Assert.Equal(code, (await house.BreakGlassAsync(draft, person, Token)).Code());
        await NothingHappenedAsync(house, draft);
        var attempt = Assert.Single(
            await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "run-confirm-refused"), Token)
        );
        Assert.Equal((person, code), (attempt.Actor, attempt.Detail["why"]));
    }

    [Theory]
    [InlineData("lin", "primary")]
    [InlineData("wu", "secondary")]
    [InlineData("mei", "release-manager")]
    public async Task Any_of_the_three_roles_will_do(string person, string role)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "olga");

        Assert.Equal(
            role,
            Assert.IsType<RunOutcome.Accepted>(await house.BreakGlassAsync(draft, person, Token)).Run.BreakGlass?.Role
        );
    }

    [Fact]
    public async Task A_procedure_that_does_not_say_so_takes_its_two_persons()
    {
        await using var house = await OpsHouse.BuildAsync(
            postgres,
            Token,
            Rollback with
            {
                Id = "plain",
                BreakGlass = false,
            }
        );
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await DraftAsync(house, "plain", "lin");

        Assert.Equal("no-break-glass", (await house.BreakGlassAsync(draft, "lin", Token)).Code());
        await NothingHappenedAsync(house, draft);
    }

    [Fact]
    public async Task The_procedures_own_role_is_waived_within_the_three()
    {
        await using var house = await OpsHouse.BuildAsync(
            postgres,
            Token,
            Rollback with
            {
                Id = "narrow",
                Roles = ["dba"],
            }
        );
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await DraftAsync(house, "narrow", "lin");

        var confirmed = Assert.IsType<RunOutcome.Accepted>(await house.BreakGlassAsync(draft, "lin", Token)).Run;

        Assert.Equal([BreakGlassUse.SecondPerson, BreakGlassUse.ProcedureRole], confirmed.BreakGlass?.Waived);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task The_page_the_tie_and_the_event_are_written_in_the_transaction_of_the_confirmation()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "olga");

        await house.BreakGlassAsync(draft, "lin", Token);

        Assert.Empty(house.Bastion.Effects);
        var page = Assert.Single(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n is { Kind: "page", RunId: not null }
        );
        Assert.Equal(
            ("page-break-glass", "release-manager,primary", "mei,han,lin"),
            (page.Template, page.Arguments["to_roles"], page.Arguments["to"])
        );
        var writers = await house
            .Get<BotDatabase>()
            .QueryAsync<string>(
                """
                select xmin::text from glancy.notice where template = 'page-break-glass'
                union all select xmin::text from glancy.break_glass
                union all select xmin::text from glancy.run where state = 'Confirmed' and incident_id is not null
                  and persons_needed = 1
                union all select xmin::text from glancy.confirmation
                union all select xmin::text from glancy.audit where document @> '{"action": "run-break-glass"}'
                """,
                null,
                Token
            );
        Assert.Equal(5, writers.Count);
        Assert.Single(writers.Distinct());
    }

    [Fact]
    public async Task A_replica_that_dies_right_after_leaves_the_page_once_and_the_run_goes_on()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);
        await house.BreakGlassAsync(draft, "lin", Token);
        using var died = new CancellationTokenSource();
        await died.CancelAsync();
        var claim =
            await house.Get<RunClaims>().TakeAsync("dying", TimeSpan.Zero, Token)
            ?? throw new InvalidOperationException("Nothing was due.");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            house.Get<RunEngine>().WorkAsync(claim, died.Token)
        );
        Assert.Empty(house.Bastion.Effects);
        Assert.Single(await PagesAsync(house));

        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);
        Assert.Single(await PagesAsync(house));
    }

    [Fact]
    public async Task Who_broke_the_glass_and_went_off_duty_before_the_start_does_not_count()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.AdvanceTo(new DateTimeOffset(2025, 4, 18, 10, 59, 0, TimeSpan.Zero));
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);
        await house.BreakGlassAsync(draft, "lin", Token);
        house.Advance(TimeSpan.FromMinutes(31));
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Aborted, "role-lost", "lin"), (run.State, run.Outcome?.Code, run.Outcome?.Arguments[0]));
        Assert.Empty(house.Bastion.Effects);
    }

    [Fact]
    public async Task Somebody_elses_earlier_confirmation_does_not_stand_in_for_the_one_who_broke_the_glass()
    {
        await using var house = await OpsHouse.BuildAsync(
            postgres,
            Token,
            Rollback with
            {
                Id = "narrow",
                Roles = ["dba"],
            }
        );
        house.AdvanceTo(new DateTimeOffset(2025, 4, 18, 10, 59, 0, TimeSpan.Zero));
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await DraftAsync(house, "narrow", "mei");
        Assert.Equal(
            [BreakGlassUse.ProcedureRole],
            Assert.IsType<RunOutcome.Accepted>(await house.BreakGlassAsync(draft, "lin", Token)).Run.BreakGlass?.Waived
        );
        house.Advance(TimeSpan.FromMinutes(31));
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Aborted, "role-lost"), (run.State, run.Outcome?.Code));
    }

    [Fact]
    public async Task Where_an_ordinary_confirmation_does_it_no_glass_is_broken()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);

        var confirmed = Assert.IsType<RunOutcome.Accepted>(await house.BreakGlassAsync(draft, "mei", Token)).Run;

        Assert.Equal((RunState.Confirmed, null), (confirmed.State, confirmed.BreakGlass));
        Assert.Empty(await PagesAsync(house));
        await house.WorkAsync(Token);
        Assert.Equal("nothing-to-review", (await house.ReviewAsync(incident, "han", Token)).Code());
    }

    [Fact]
    public async Task It_binds_to_the_plan_like_any_other_confirmation()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);
        Assert.Equal(
            "bad-code",
            (await house.Get<RunDesk>().ConfirmAsync(draft.Id, "abc", house.Person("lin"), "alone", Token)).Code()
        );
        house.Bastion.Digest = new string('b', 64);

        var fresh = Assert.IsType<RunOutcome.Replanned>(await house.BreakGlassAsync(draft, "lin", Token)).New;

        Assert.Empty(await PagesAsync(house));
        house.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("expired", (await house.BreakGlassAsync(fresh, "lin", Token)).Code());
    }

    [Fact]
    public async Task A_persons_word_on_the_run_is_the_incidents_too()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);
        await house.BreakGlassAsync(draft, "lin", Token);

        await house.Get<RunDesk>().AbortAsync(draft.Id, house.Person("mei"), "not this one", Token);

        Assert.Equal(
            incident.Id,
            Assert
                .Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "abort-requested"), Token))
                .Incident
        );
    }

    [Fact]
    public async Task Of_two_who_break_it_at_once_one_has_and_one_is_told_so()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "olga");

        var outcomes = await Task.WhenAll(
            new[] { "lin", "wu", "mei", "lin" }.Select(person => house.BreakGlassAsync(draft, person, Token))
        );

        Assert.Single(outcomes.OfType<RunOutcome.Accepted>());
        Assert.All(outcomes.OfType<RunOutcome.Refused>(), o => Assert.Equal("already-confirmed", o.Refusal.Code));
        Assert.Single(await PagesAsync(house));
    }

    [Fact]
    public async Task An_incident_that_is_being_closed_is_waited_for_and_then_does_not_count()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);
        var database = house.Get<BotDatabase>();
        Task<RunOutcome>? breaking = null;
        await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "update glancy.incident set closed_at = now(), closed_by = 'mei', close_reason = 'over'"
                );
                breaking = house.BreakGlassAsync(draft, "lin", Token);
                while (
                    !breaking.IsCompleted
                    && (
                        await database.QueryAsync<int>(
                            "select count(*)::int from pg_locks where not granted",
                            null,
                            Token
                        )
                    )[0] == 0
                )
                {
                    await Task.Delay(20, Token);
                }
            },
            Token
        );

        Assert.NotNull(breaking);
        Assert.Equal("no-open-sev1", (await breaking).Code());
        await NothingHappenedAsync(house, draft);
    }

    private static async Task<Run> DraftAsync(OpsHouse house, string procedure, string by)
    {
        var arguments = new Dictionary<string, string> { ["batch"] = "REL-B3", ["reason"] = "errors" };
        return Assert
            .IsType<DraftOutcome.Drafted>(
                await house.Get<Drafts>().DraftAsync(procedure, arguments, house.Person(by), "errors", Token)
            )
            .Run;
    }

    private static async Task<IReadOnlyList<Notice>> PagesAsync(OpsHouse house) =>
        [.. (await house.Get<NoticeBoard>().ListAsync(0, 100, Token)).Where(n => n.Template == "page-break-glass")];

    private static async Task NothingHappenedAsync(OpsHouse house, Run draft)
    {
        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal(
            (draft.State, draft.Confirmations.Count, null),
            (run.State, run.Confirmations.Count, run.BreakGlass)
        );
        Assert.Empty(await PagesAsync(house));
        await house.WorkAsync(Token);
        Assert.Empty(house.Bastion.Effects);
    }
}
