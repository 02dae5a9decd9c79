namespace Glancy.Sandbox.Tests.Setup;

/// <summary>
/// Each of the two commands does all of its own set-up: names what is missing, asks once, and installs only what it
/// needs itself.
/// </summary>
public sealed class SetupTests : IDisposable
{
    private const string ForTheSandbox =
        "apt-get install curl fonts-dejavu-core libicu72 openssh-client openssh-server postgresql prometheus "
        + "prometheus-alertmanager redis-server";
    private const int Unavailable = 69;

    private readonly FreshMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task The_sandbox_names_what_is_missing_and_why_installs_it_and_starts()
    {
        var run = await machine.RunAsync("sandbox", "--dir", "/somewhere", "--rate", "3");
        Assert.Equal(0, run.Exit);
        Assert.Contains(
            "  postgresql     keeps what the bot and the product know\n",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("  prometheus     the hooks are read from it", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("chromium", run.Errors, StringComparison.Ordinal);
        Assert.Equal("apt-get update -qq", run.Log[0]);
        Assert.Equal(["policy 101", ForTheSandbox], run.Log.Skip(1).Take(2));
        Assert.EndsWith(
            $"glancy-sandbox.dll up --dir /somewhere --rate 3 --root {machine.Root} --bot "
                + $"{machine.Root}/artifacts/bot/Glancy.Bot.dll",
            run.Log[^1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_line_for_each_project_shows_that_the_build_lives()
    {
        var run = await machine.RunAsync("sandbox");
        Assert.Contains("building Glancy.Sandbox", run.Errors, StringComparison.Ordinal);
        Assert.Contains("  fetching packages\n", run.Errors, StringComparison.Ordinal);
        Assert.Matches("(?m)^  Glancy.Sandbox +[0-9]+ s$", run.Errors);
        Assert.Matches("(?m)^  Glancy.Bot +[0-9]+ s$", run.Errors);
    }

    [Fact]
    public async Task What_is_there_is_neither_named_nor_installed_again()
    {
        await machine.SetUpAsync("sandbox");
        var run = await machine.RunAsync("setup", "sandbox");
        Assert.Equal(0, run.Exit);
        Assert.Empty(run.Log);
        Assert.Equal("Everything that ./glancy sandbox needs is here.\n", run.Errors);
    }

    [Fact]
    public async Task The_tests_need_more_than_the_sandbox_and_only_they_install_it()
    {
        await machine.SetUpAsync("sandbox");
        machine.Offer(("nodejs", "20.19.2+dfsg-1"));
        var run = await machine.RunAsync("setup", "test");
        Assert.Equal(0, run.Exit);
        Assert.Contains("apt-get install chromium nodejs npm openssl shellcheck", run.Log);
        Assert.DoesNotContain(run.Log, line => line.StartsWith("npm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nodejs_too_old_in_apt_is_carried_here_by_npm()
    {
        var run = await machine.RunAsync("setup", "test");
        Assert.True(run.Exit == 0, run.Errors);
        Assert.Contains("npm ci --no-audit --no-fund --ignore-scripts", run.Log);
        Assert.True(File.Exists(Path.Combine(machine.Root, "artifacts/node/package-lock.json")));

        // With npm there it takes neither apt nor root.
        Directory.Delete(Path.Combine(machine.Root, "artifacts/node/node_modules"), recursive: true);
        machine.Variables["ACCOUNT"] = "1000";
        machine.Lacks("sudo");
        var again = await machine.RunAsync("setup", "test");
        Assert.True(again.Exit == 0, again.Errors);
        Assert.Contains("node           runs it (", again.Errors, StringComparison.Ordinal);
        Assert.Contains("is 18.20.4; 20 or newer is needed)", again.Errors, StringComparison.Ordinal);
        Assert.Equal(["npm ci --no-audit --no-fund --ignore-scripts"], again.Log);
    }

    [Fact]
    public async Task At_a_terminal_it_is_asked_once_and_a_no_installs_nothing()
    {
        var run = await machine.RunAtTerminalAsync("n\n", "setup", "sandbox");
        Assert.Equal(Unavailable, run.Exit);
        Assert.Equal(2, run.Out.Split("[Y/n]").Length);
        Assert.Contains(
            "  apt-get update && apt-get install --yes --no-install-recommends curl fonts-dejavu-core libicu72",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Empty(run.Log);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("y\n")]
    [InlineData("是\n")]
    public async Task At_a_terminal_a_yes_installs_after_the_one_question(string answer)
    {
        var run = await machine.RunAtTerminalAsync(answer, "setup", "sandbox");
        Assert.True(run.Exit == 0, run.Out);
        Assert.Equal(2, run.Out.Split("[Y/n]").Length);
        Assert.Contains(ForTheSandbox, run.Log);
    }

    [Theory]
    [InlineData("--yes", "")]
    [InlineData("", "CI")]
    public async Task With_yes_or_in_ci_it_is_not_asked(string word, string variable)
    {
        if (variable.Length > 0)
        {
            machine.Variables[variable] = "true";
        }

        var run = await machine.RunAtTerminalAsync(
            "n\n",
            ["setup", "sandbox", .. word.Split(' ', StringSplitOptions.RemoveEmptyEntries)]
        );
        Assert.True(run.Exit == 0, run.Out);
        Assert.DoesNotContain("[Y/n]", run.Out, StringComparison.Ordinal);
        Assert.Contains(ForTheSandbox, run.Log);
    }

    [Fact]
    public async Task Who_is_not_root_installs_with_sudo()
    {
        machine.Variables["ACCOUNT"] = "1000";
        var run = await machine.RunAsync("setup", "sandbox");
        Assert.True(run.Exit == 0, run.Errors);
        Assert.Equal(["sudo -n true", "sudo apt-get update -qq", "apt-get update -qq"], run.Log.Take(3));
    }

    [Fact]
    public async Task Without_sudo_the_exact_line_is_said()
    {
        machine.Variables["ACCOUNT"] = "1000";
        machine.Lacks("sudo");
        await RefusesWithTheLine("there is no sudo. As root:");
    }

    [Fact]
    public async Task Where_sudo_wants_a_password_that_nobody_can_type_the_exact_line_is_said()
    {
        machine.Variables["ACCOUNT"] = "1000";
        machine.Variables["SUDO_REFUSES"] = "yes";
        await RefusesWithTheLine("sudo did not let us. As root:");
    }

    [Fact]
    public async Task Without_apt_the_packages_are_named()
    {
        machine.Lacks("apt-get");
        var run = await machine.RunAsync("sandbox");
        Assert.Equal(Unavailable, run.Exit);
        Assert.Contains(
            "There is no apt-get here. Install with this system's own means: curl fonts-dejavu-core libicu72 "
                + "openssh-client",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.Empty(run.Log);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8.0.100")]
    [InlineData("11.0.100")]
    public async Task Another_sdk_than_ours_is_refused_with_the_way_to_get_it(string sdk)
    {
        machine.Variables["SDK"] = sdk;
        if (sdk.Length == 0)
        {
            machine.Lacks("dotnet");
        }

        var run = await machine.RunAsync("sandbox");
        Assert.Equal(Unavailable, run.Exit);
        Assert.Contains(
            "  dotnet         the .NET SDK 10 builds and runs everything",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("dotnet-install.sh | bash -s -- --channel 10.0", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Log, line => line.StartsWith("apt-get", StringComparison.Ordinal));
        machine.Offer(("dotnet-sdk-10.0", "10.0.100-1"));
        Assert.Contains(
            "  apt-get install dotnet-sdk-10.0\n",
            (await machine.RunAsync("sandbox")).Errors,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("prometheus", "prometheus", "prometheus, version 2.31.2", "2.31.2", "2.39")]
    [InlineData("alertmanager", "prometheus-alertmanager", "alertmanager, version 0.21.0", "0.21.0", "0.22")]
    [InlineData("postgresql", "initdb", "initdb (PostgreSQL) 13.9", "13.9", "15")]
    public async Task What_is_too_old_here_and_in_apt_is_refused_before_anything_is_installed(
        string name,
        string program,
        string says,
        string version,
        string least
    )
    {
        machine.Has(program, says);
        machine.Offer((name == "alertmanager" ? program : name, version));
        var run = await machine.RunAsync("sandbox");
        Assert.Equal(Unavailable, run.Exit);
        Assert.Matches($"(?m)^  {name} +.*{program} is {version}; {least} or newer is needed\\)$", run.Errors);
        Assert.Matches(
            $"(?m)^  {name} +.*: {version}, and this system's packages have none that is {least} or newer\\. "
                + $".*PATH\\.$",
            run.Errors
        );
        Assert.Equal(["apt-get update -qq"], run.Log);
    }

    [Fact]
    public async Task What_is_too_old_here_and_newer_in_apt_is_installed()
    {
        await machine.SetUpAsync("sandbox");
        machine.Has("prometheus", "prometheus, version 2.31.2");
        Assert.Contains("apt-get install prometheus", (await machine.RunAsync("setup", "sandbox")).Log);
    }

    [Theory]
    [InlineData("prometheus-alertmanager", "alertmanager", "alertmanager, version 0.27.0")]
    [InlineData("chromium", "chromium-browser", "Chromium 136.0.1")]
    [InlineData("chromium", "google-chrome", "Google Chrome 136.0.1")]
    public async Task A_program_is_taken_under_any_of_its_names(string usual, string other, string says)
    {
        await machine.SetUpAsync("test");
        machine.Lacks(usual);
        Assert.Equal(1, (await machine.RunAsync("doctor")).Exit);
        machine.Has(other, says);
        var run = await machine.RunAsync("setup", "test");
        Assert.Equal(0, run.Exit);
        Assert.Empty(run.Log);
    }

    [Fact]
    public async Task No_service_of_a_package_is_started_now_or_at_boot()
    {
        var run = await machine.RunAsync("setup", "sandbox");
        Assert.Contains("policy 101", run.Log);
        Assert.False(File.Exists(machine.InSystem("usr/sbin/policy-rc.d")));
        Assert.Contains("systemctl disable --quiet ssh.service", run.Log);
    }

    [Fact]
    public async Task A_policy_that_the_machine_has_is_given_back()
    {
        var policy = machine.InSystem("usr/sbin/policy-rc.d");
        await File.WriteAllTextAsync(policy, "#!/bin/sh\nexit 104\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(policy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var run = await machine.RunAsync("setup", "sandbox");
        Assert.Contains("policy 101", run.Log);
        Assert.Equal(
            "#!/bin/sh\nexit 104\n",
            await File.ReadAllTextAsync(policy, TestContext.Current.CancellationToken)
        );
        Assert.Equal([policy], Directory.GetFiles(Path.GetDirectoryName(policy) ?? ""));
    }

    [Fact]
    public async Task A_service_that_was_to_run_at_boot_before_still_does()
    {
        await machine.SetUpAsync("sandbox");
        machine.Lacks("sshd");
        Assert.DoesNotContain(
            await LogOf("setup", "sandbox"),
            line => line.StartsWith("systemctl", StringComparison.Ordinal)
        );
    }

    private async Task<IReadOnlyList<string>> LogOf(params string[] words) => (await machine.RunAsync(words)).Log;

    private async Task RefusesWithTheLine(string why)
    {
        var run = await machine.RunAsync("sandbox");
        Assert.Equal(Unavailable, run.Exit);
        Assert.Contains(
            why
                + "\n  apt-get update && apt-get install --yes --no-install-recommends "
                + ForTheSandbox["apt-get install ".Length..]
                + "\n",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(run.Log, line => line.StartsWith("apt-get", StringComparison.Ordinal));
    }
}
