namespace Glancy.Sandbox.Processes;

/// <summary>An operating-system account that a service runs under.</summary>
/// <param name="Name">Login name.</param>
/// <param name="User">Numeric user id.</param>
/// <param name="Group">Numeric group id.</param>
internal sealed record Account(string Name, uint User, uint Group)
{
    /// <summary>Whether this process is root, and so has to step down for services that refuse root.</summary>
    public static bool IsRoot => Libc.EffectiveUser() == 0;

    /// <summary>The account this process runs under.</summary>
    public static Account Current =>
        Read().FirstOrDefault(a => a.User == Libc.EffectiveUser())
        ?? new Account(Environment.UserName, Libc.EffectiveUser(), Libc.EffectiveUser());

    /// <summary>
    /// The account for services that refuse root: ourselves when we are not root, else <c>postgres</c> or
    /// <c>nobody</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">We are root and neither account exists.</exception>
    public static Account Unprivileged =>
        IsRoot
            ? Read().Where(a => a.Name is "postgres" or "nobody").OrderByDescending(a => a.Name).FirstOrDefault()
                ?? throw new InvalidOperationException(
                    "PostgreSQL refuses to run as root, and there is no account 'postgres' or 'nobody' to run it under."
                )
            : Current;

    /// <summary>The words that start a command under this account; none when it is ourselves.</summary>
    public IReadOnlyList<string> Prefix =>
        User == Libc.EffectiveUser()
            ? []
            : [Programs.Find("setpriv", "util-linux"), $"--reuid={User}", $"--regid={Group}", "--clear-groups", "--"];

    /// <summary>Gives a file or folder to this account.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public void Own(string path)
    {
        if (User != Libc.EffectiveUser() && Libc.ChangeOwner(path, User, Group) != 0)
        {
            throw new IOException($"Could not give {path} to {Name}.");
        }
    }

    private static IEnumerable<Account> Read() =>
        from line in File.ReadLines("/etc/passwd")
        let fields = line.Split(':')
        where fields.Length > 3
        select new Account(fields[0], uint.Parse(fields[2], null), uint.Parse(fields[3], null));
}
