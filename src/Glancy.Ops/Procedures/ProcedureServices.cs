using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Output;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Procedures;

/// <summary>Plan, confirm, run, and the kinds of steps that belong to no capability.</summary>
internal static class ProcedureServices
{
    public static IServiceCollection AddProcedures(this IServiceCollection services, ReplicaOptions options)
    {
        services.AddSingleton<ActionKinds>().AddSingleton<ActionBook>().AddSingleton<Planner>();
        services.AddAction<BastionRun>().AddAction<SqlRun>().AddAction<HttpCheck>().AddAction<Wait>();
        services.AddAction<Manual>().AddAction<Announce>().AddAction<Page>();
        services.AddSingleton<TargetKinds>().AddSingleton<Targets>().AddSingleton<ControlledState>();
        services.AddSingleton<IStateReader, CommandDigests>();
        services
            .AddSingleton<BastionEffect>()
            .AddSingleton<EffectSight>()
            .AddSingleton<LeftOut>()
            .AddSingleton<RunParameters>()
            .AddSingleton<ProcedureUse>();
        services.AddSingleton<ArgumentSources>().AddSingleton<GivenArguments>();
        services.AddSingleton<RunStore>().AddSingleton<RunTransitions>().AddSingleton<RunClaims>();
        services.AddSingleton<PlanGuards>().AddSingleton<IGuard, RestoredGuard>().AddSingleton<RiskAssessment>();
        services.AddSingleton<ReloadCheck>().AddSingleton<RunPlanner>().AddSingleton<PlanCheck>();
        services
            .AddSingleton<DraftRows>()
            .AddSingleton<DraftRequests>()
            .AddSingleton<Drafts>()
            .AddSingleton<DraftVoiding>();
        services.AddSingleton<ConfirmationChecks>().AddSingleton<ConfirmationRecord>().AddSingleton<RunConfirmation>();
        services.AddSingleton<Attempts>().AddSingleton<StuckLook>().AddSingleton<RunMutation>().AddSingleton<RunDesk>();
        services.AddSingleton<StartChecks>().AddSingleton<RunKeys>().AddSingleton<RunStart>();
        services
            .AddSingleton<StepActions>()
            .AddSingleton<StepGuard>()
            .AddSingleton<StepWorld>()
            .AddSingleton<StepDrift>()
            .AddSingleton<StepSettled>();
        services
            .AddSingleton<StepPause>()
            .AddSingleton<RunGivingUp>()
            .AddSingleton<StepStart>()
            .AddSingleton<StepRunner>();
        services
            .AddSingleton<Announcements>()
            .AddSingleton<RunEnd>()
            .AddSingleton<RunHolds>()
            .AddSingleton<RunEngine>();
        services.AddSingleton<RunOutputs>().AddHostedService<OutputDuty>();
        services.AddSingleton<RunWorker>().AddHostedService(provider => provider.GetRequiredService<RunWorker>());
        services.AddSingleton<IKillPoints>(
            options is { Sandbox: true, KillFile.Length: > 0 } ? new KillFile(options.KillFile) : new NoKillPoints()
        );
        return services;
    }
}
