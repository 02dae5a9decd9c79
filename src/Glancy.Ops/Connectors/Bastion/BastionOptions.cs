using System.ComponentModel.DataAnnotations;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>Where the bastion is and how it proves to be itself.</summary>
public sealed class BastionOptions
{
    /// <summary>Name or address of the bastion.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>Port of its SSH server.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 22;

    /// <summary>The account that has the agent as forced command.</summary>
    [Required]
    public string User { get; set; } = "";

    /// <summary>Private key, readable by the bot alone.</summary>
    [Required]
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Pinned SHA-256 fingerprint as <c>ssh-keygen -lf</c> prints it, with or without <c>SHA256:</c>.
    /// Several, separated by commas, while a key is being replaced.
    /// </summary>
    [Required]
    [RegularExpression(@"^\s*(SHA256:)?[A-Za-z0-9+/]{43}=?(\s*,\s*(SHA256:)?[A-Za-z0-9+/]{43}=?)*\s*$")]
    public string HostKey { get; set; } = "";

    /// <summary>Longest wait for a connection, authentication included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for one answer; longer than the slowest read of the allow-list.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Questions asked at the same time over the one connection; sshd's MaxSessions is 10 unless changed.
    /// </summary>
    [Range(1, 10)]
    public int Channels { get; set; } = 4;
}
