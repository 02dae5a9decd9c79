using System.ComponentModel.DataAnnotations;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Connectors.Notifier;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Kernel;
using Microsoft.Extensions.Options;

namespace Glancy.Ops;

/// <summary>
/// The section <c>Glancy</c>: a replica's own settings and those of each connector. Rooms are given their part of it.
/// </summary>
public sealed class GlancyOptions : ReplicaOptions, IValidatableObject
{
    [Required]
    [ValidateObjectMembers]
    public PagerOptions Pager { get; set; } = new();

    [Required]
    [ValidateObjectMembers]
    public NotifierOptions Notifiers { get; set; } = new();

    [Required]
    [ValidateObjectMembers]
    public BastionOptions Bastion { get; set; } = new();

    /// <summary>
    /// The sandbox's aids must not be asked for elsewhere, and never stand beside a real bastion or product.
    /// </summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Sandbox && (WorldClock || KillFile.Length > 0))
        {
            yield return new ValidationResult(
                $"exist only where Environment is exactly sandbox, and it is '{Environment}'.",
                [nameof(WorldClock), nameof(KillFile)]
            );
        }

        if (Sandbox)
        {
            foreach (var problem in SandboxFence.Problems(this))
            {
                yield return problem;
            }
        }

        if (PublicUrl is { } address && !NotifierOptions.IsSafe(address.OriginalString))
        {
            yield return new ValidationResult("PublicUrl is no https address.", [nameof(PublicUrl)]);
        }
    }
}
