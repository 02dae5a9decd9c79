namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// An agent on the bastion that forgets its keys when another worker asks: the mistake that the harness is there to
/// find.
/// </summary>
internal sealed class ForgetfulAgent : IDisposable
{
    private const string Name = "glancy-agent";
    private const string Known = "  if [[ -d $directory ]]; then\n    unlock\n";
    private const string Claim = "  mkdir -- \"$directory\" ||";

    private readonly CrashWorld house;
    private string agent = "";

    private ForgetfulAgent(CrashWorld house) => this.house = house;

    /// <summary>Installs it; the right one returns when it is disposed.</summary>
    public static ForgetfulAgent In(CrashWorld house)
    {
        var forgetful = new ForgetfulAgent(house);
        house.ReplaceOnBastion(
            Name,
            text =>
            {
                forgetful.agent = text;
                Assert.Contains(Known, text, StringComparison.Ordinal);
                Assert.Contains(Claim, text, StringComparison.Ordinal);
                return text.Replace(
                        Known,
                        "  slurp \"$directory/epoch\"; [[ $REPLY == \"$epoch\" ]] || rm -rf -- \"$directory\"\n"
                            + Known,
                        StringComparison.Ordinal
                    )
                    .Replace(
                        Claim,
                        "  mkdir -- \"$directory\" && put \"$directory/epoch\" \"$epoch\" ||",
                        StringComparison.Ordinal
                    );
            }
        );
        return forgetful;
    }

    public void Dispose() => house.ReplaceOnBastion(Name, _ => agent);
}
