using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Output;
using Glancy.Ops.Procedures.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Procedures;

/// <summary>Plan, confirm, run; each kind of step is found by its interface.</summary>
internal static class ProcedureServices
{
    public static IServiceCollection AddProcedures(this IServiceCollection services, ReplicaOptions options)
    {
        services.AddSingleton<ActionBook>().AddSingleton<Planner>().AddSingleton<ControlledState>().AddSingleton<BastionEffect>().AddSingleton<EffectSight>();
        foreach (var action in typeof(IAction).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IAction))))
        {
            services.AddSingleton(typeof(IAction), action);
        }

        services.AddSingleton<RunStore>().AddSingleton<RunTransitions>().AddSingleton<RunClaims>();
        services.AddSingleton<PlanGuards>().AddSingleton<IGuard, RestoredGuard>().AddSingleton<RiskAssessment>();
        services.AddSingleton<DraftRows>().AddSingleton<Drafts>().AddSingleton<DraftVoiding>().AddSingleton<RunConfirmation>();
        services.AddSingleton<Attempts>().AddSingleton<StuckLook>().AddSingleton<RunMutation>().AddSingleton<RunDesk>();
        services.AddSingleton<RunStart>().AddSingleton<StepPause>().AddSingleton<StepStart>().AddSingleton<StepRunner>();
        services.AddSingleton<Announcements>().AddSingleton<RunEnd>().AddSingleton<RunEngine>();
        services.AddSingleton<RunOutputs>().AddHostedService<OutputDuty>();
        services.AddSingleton<RunWorker>().AddHostedService(provider => provider.GetRequiredService<RunWorker>());
        services.AddSingleton<IKillPoints>(options is { Sandbox: true, KillFile.Length: > 0 } ? new KillFile(options.KillFile) : new NoKillPoints());
        return services;
    }
}
