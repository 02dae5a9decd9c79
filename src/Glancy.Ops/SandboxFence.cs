using System.ComponentModel.DataAnnotations;
using System.Net;
using Npgsql;

namespace Glancy.Ops;

/// <summary>
/// Where anybody may speak as anybody and time is moved at will, nothing real may be in reach: the sandbox's world is
/// all on this machine.
/// </summary>
public static class SandboxFence
{
    /// <summary>What of these settings lies outside this machine.</summary>
    public static IEnumerable<ValidationResult> Problems(GlancyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Bastion.Host.Length > 0 && !IsHere(options.Bastion.Host))
        {
            yield return Outside("a bastion", options.Bastion.Host, "Bastion:Host");
        }

        if (HostOf(options.ProductDatabase) is { } database && !database.Split(',').All(IsHere))
        {
            yield return Outside("a product", database, nameof(options.ProductDatabase));
        }
    }

    /// <summary>What is wrong with a Slack beside the sandbox's aids; null when it is the sandbox's own.</summary>
    public static string? SlackProblem(Uri api)
    {
        ArgumentNullException.ThrowIfNull(api);
        return api.IsLoopback ? null : Outside("a Slack", api.Host, "").ErrorMessage;
    }

    private static ValidationResult Outside(string what, string host, string member) =>
        new(
            $"Environment is sandbox, where people are stood in for and time is moved: never beside {what} outside "
                + $"this machine ({host}).",
            [member]
        );

    // The host may carry its port, as Npgsql allows; a folder is a local socket's.
    private static bool IsHere(string host)
    {
        var name = host.Trim();
        return name.StartsWith('/')
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)
            || (IPEndPoint.TryParse(name, out var address) && IPAddress.IsLoopback(address.Address));
    }

    private static string? HostOf(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection).Host;
        }
        catch (ArgumentException)
        {
            // No connection at all; whoever connects says so.
            return null;
        }
    }
}
