using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Tests.Setup;

/// <summary>What the wrapper says of itself and of the machine, with nothing built and nothing running.</summary>
public sealed partial class WrapperTests : IDisposable
{
    private readonly FreshMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("")]
    [InlineData("--lang en help")]
    [InlineData("--lang=en")]
    [InlineData("help --lang en")]
    public async Task Help_needs_no_bot_and_names_the_wrappers_own_verbs(string word)
    {
        var run = await machine.RunAsync(word.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, run.Exit);
        foreach (var verb in new[] { "sandbox", "test", "setup", "doctor", "torture", "bench", "fmt", "--version" })
        {
            Assert.Contains(
                $"  ./glancy {verb} ",
                run.Out.Replace("\n", " \n", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }

        Assert.Empty(run.Log);
    }

    [Fact]
    public async Task What_is_no_verb_of_its_own_is_said_to_the_bot_as_it_stands_with_how_the_wrapper_was_started()
    {
        await machine.SetUpAsync("sandbox");
        Assert.Equal(0, (await machine.RunAsync("sandbox")).Exit);
        var run = await machine.RunAsync("--lang", "en", "--as", "lin", "run", "confirm", "R-1", "a b");
        Assert.EndsWith(
            $"Glancy.Bot.dll terminal -- --lang en --as lin run confirm R-1 a b as {machine.Root}/glancy",
            Assert.Single(run.Log),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $"Glancy.Bot.dll terminal -- help run confirm as {machine.Root}/glancy",
            Assert.Single((await machine.RunAsync("help", "run", "confirm")).Log),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_language_and_the_consent_are_no_words_of_a_test_runner()
    {
        await machine.SetUpAsync("test");
        var run = await machine.RunAsync(
            "test",
            "--no-build",
            "--lang",
            "en",
            "-class",
            "*BlockTests",
            "--yes",
            "--lang=en"
        );
        Assert.Equal(5, run.Log.Count);
        Assert.All(
            run.Log,
            line => Assert.EndsWith(".dll -noColor -class *BlockTests", line, StringComparison.Ordinal)
        );
        Assert.EndsWith("0 passed, 5 failed\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_needs_no_bot()
    {
        var run = await machine.RunAsync("--version");
        Assert.Equal(0, run.Exit);
        Assert.StartsWith("glancy ", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Log);
    }

    [Fact]
    public async Task A_world_is_not_asked_for_where_nothing_is_built()
    {
        var run = await machine.RunAsync("sandbox", "status");
        Assert.Equal(3, run.Exit);
        Assert.Equal("Nothing is built yet, so no world can run. Start one with: ./glancy sandbox\n", run.Errors);
    }

    [Fact]
    public async Task Doctor_tells_versions_and_ends_with_one_when_something_is_missing()
    {
        var run = await machine.RunAsync("doctor");
        Assert.Equal(1, run.Exit);
        Assert.Matches("(?m)^dotnet +ok +10\\.0\\.100 +/", run.Out);
        Assert.Matches("(?m)^font +MISSING +the pictures on cards have digits in them$", run.Out);
        Assert.Matches("(?m)^openssl +MISSING +signs requests", run.Out);
        await machine.SetUpAsync("test");
        machine.Has("prometheus", "prometheus, version 2.31.2");
        Assert.Matches("(?m)^prometheus +TOO OLD +2\\.31\\.2 +.*>= 2\\.39\\)$", (await machine.RunAsync("doctor")).Out);
        machine.Has("prometheus", "prometheus, version 2.45.0");
        var whole = await machine.RunAsync("doctor");
        Assert.Equal(0, whole.Exit);
        Assert.Matches("(?m)^prometheus +ok +2\\.45\\.0 +/", whole.Out);
        Assert.Equal(0, (await machine.RunAsync("doctor", "sandbox")).Exit);
    }

    [Fact]
    public async Task Doctor_asks_for_no_more_than_the_sandbox_needs_when_it_is_asked_of_it()
    {
        await machine.SetUpAsync("sandbox");
        Assert.Equal(0, (await machine.RunAsync("doctor", "sandbox")).Exit);
        Assert.Equal(1, (await machine.RunAsync("doctor", "test")).Exit);
    }

    [Fact]
    public async Task Another_system_than_linux_is_told_so_first()
    {
        machine.Variables["OSTYPE"] = "darwin25";
        var run = await machine.RunAsync("sandbox");
        Assert.Equal(69, run.Exit);
        Assert.StartsWith("Linux only", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Log);
    }

    [Theory]
    [InlineData("x86_64", "linux-x64")]
    [InlineData("aarch64", "linux-arm64")]
    [InlineData("arm64", "linux-arm64")]
    public async Task The_bot_is_published_for_this_machines_own_processor(string processor, string runtime)
    {
        machine.Variables["HOSTTYPE"] = processor;
        var run = await machine.RunAsync("sandbox");
        Assert.Contains(
            run.Log,
            line =>
                line.StartsWith("dotnet publish", StringComparison.Ordinal)
                && line.EndsWith($"--runtime {runtime} --self-contained false", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task On_a_processor_that_nothing_compiles_ahead_for_it_is_published_all_the_same()
    {
        machine.Variables["HOSTTYPE"] = "riscv64";
        var run = await machine.RunAsync("sandbox");
        Assert.Equal(0, run.Exit);
        Assert.Contains(
            run.Log,
            line =>
                line.StartsWith("dotnet publish", StringComparison.Ordinal)
                && !line.Contains("--runtime", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("LANG", "zh_CN.UTF-8", "./glancy sandbox 还缺：")]
    [InlineData("LANG", "en_GB.UTF-8", "Missing for ./glancy sandbox:")]
    [InlineData("LANG", "C.UTF-8", "./glancy sandbox 还缺：")]
    [InlineData("LC_ALL", "en_US.UTF-8", "Missing for ./glancy sandbox:")]
    public async Task It_speaks_the_language_that_the_bot_will_speak(string variable, string value, string words)
    {
        machine.Variables.Clear();
        machine.Variables[variable] = value;
        machine.Lacks("apt-get");
        Assert.Contains(words, (await machine.RunAsync("sandbox")).Errors, StringComparison.Ordinal);
        Assert.Contains(
            "Missing for",
            (await machine.RunAsync("sandbox", "--lang", "en")).Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("还缺", (await machine.RunAsync("sandbox", "--lang=zh")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_the_same_words()
    {
        var (chinese, english) = (Words("zh-CN"), Words("en-US"));
        Assert.NotEmpty(chinese);
        Assert.Equal(chinese, english);
    }

    // What is filled in goes with the word.
    private static IEnumerable<string> Words(string language) =>
        Word()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "scripts", "words." + language)))
            .Select(m => m.Groups[1].Value + " " + string.Concat(Filled().Matches(m.Groups[2].Value)))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"(?ms)^  \[([a-z.-]+)\]=(.*?)(?=^  \[|^\))")]
    private static partial Regex Word();

    [GeneratedRegex("%[sd]")]
    private static partial Regex Filled();
}
