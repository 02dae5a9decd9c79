using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Alerts;

/// <summary>Who may silence alerts, where there is an Alertmanager that could.</summary>
public sealed class SilenceRight(Permissions permissions, IOptions<AlertsOptions> options)
{
    /// <summary>The role in which the person may, or why not.</summary>
    public async Task<Result<string>> RoleAsync(Person person, CancellationToken cancellationToken)
    {
        var may = await permissions.AskAsync(person, PermissionNames.AlertSilence, cancellationToken);
        return may.Refusal is { } refusal ? refusal
            : options.Value.AlertmanagerUrl is null ? new Refusal("no-alertmanager", "")
            : may.Role ?? "";
    }
}
