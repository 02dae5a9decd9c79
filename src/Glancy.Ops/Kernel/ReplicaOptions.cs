using System.ComponentModel.DataAnnotations;

namespace Glancy.Ops.Kernel;

/// <summary>Settings of one replica, those of its connectors apart.</summary>
public class ReplicaOptions
{
    /// <summary>
    /// What this installation is called. The sandbox's aids exist where it is exactly <c>sandbox</c>; whatever else it
    /// says is production.
    /// </summary>
    [Required]
    public string Environment { get; set; } = "prod";

    /// <summary>The bot's database by its runtime role.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>The bot's database by the migrator's role; empty where migrations are run apart.</summary>
    public string MigratorDatabase { get; set; } = "";

    /// <summary>The product's database by the bot's role there.</summary>
    [Required]
    public string ProductDatabase { get; set; } = "";

    [Required]
    public Uri? PrometheusUrl { get; set; }

    /// <summary>Base address of the product's public interface, for checks.</summary>
    [Required]
    public Uri? ProductUrl { get; set; }

    /// <summary>Folder of the runbook's data.</summary>
    [Required]
    public string Runbook { get; set; } = "runbook";

    /// <summary>
    /// The written runbook that the data implements, to be told when its text changes without the data (§8); empty: not
    /// watched.
    /// </summary>
    public string RunbookSource { get; set; } = "";

    /// <summary>Path of the unix socket the terminal speaks to.</summary>
    [Required]
    public string Socket { get; set; } = "";

    /// <summary>Unique among the replicas.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]{1,40}$")]
    public string ReplicaId { get; set; } = "a";

    /// <summary>How long a claim on a run lasts without renewal; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:05:00")]
    public TimeSpan RowLease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often due work is looked for when no signal comes; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan WakeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a change that a step declares may take to show after its command has ended, before the run is paused;
    /// real time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan EffectSettle { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the watcher reads the hooks; world time.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether time is the world clock's row instead of the machine's clock; in the sandbox only.</summary>
    public bool WorldClock { get; set; }

    /// <summary>Crash harness only, in the sandbox only: a file that names the transition to die at.</summary>
    public string KillFile { get; set; } = "";

    /// <summary>
    /// Gives masked values of one answer short tags by which they can be told apart (<c>user-1a2b</c>); empty for plain
    /// placeholders. Secret, and this installation's own.
    /// </summary>
    [RegularExpression("^(?:|.{16,200})$", ErrorMessage = "MaskingKey has 16 to 200 characters, or is empty.")]
    public string MaskingKey { get; set; } = "";

    /// <summary>
    /// Where the bot is reached from outside, for the links by which people acknowledge; null: calls carry no link.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// Whether people may be stood in for and time be moved. Fails closed: one letter off is production.
    /// </summary>
    public bool Sandbox => Environment == "sandbox";
}
