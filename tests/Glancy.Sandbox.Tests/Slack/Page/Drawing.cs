using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Slack.Page.Conversation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Glancy.Sandbox.Tests.Slack.Page;

/// <summary>Draws components of the page as HTML, without a server.</summary>
internal static partial class Drawing
{
    public static IReadOnlyList<Person> People { get; } =
    [new("ULIN00000", "lin", "林晓", "zh-CN"), new("UOLGA0000", "olga", "Olga Novak", "en-US")];

    /// <summary>09:20 in Shanghai.</summary>
    public static DateTimeOffset Morning { get; } = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);

    public static Workspace Workspace() => new(People, TimeProvider.System, () => Morning);

    public static Surface SurfaceOf(string person, Workspace? workspace = null) =>
        new(new PageWords(person == "ULIN00000"), new Names(workspace ?? Workspace(), person), null);

    public static async Task<string> HtmlAsync<T>(
        Dictionary<string, object?> parameters,
        Surface? surface = null,
        Workspace? workspace = null
    )
        where T : IComponent
    {
        await using var services = new ServiceCollection()
            .AddSingleton(new Seat(workspace ?? Workspace(), null, new NoCompletions(), TimeProvider.System))
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var drawn = await renderer.RenderComponentAsync<Around<T>>(
                ParameterView.FromDictionary(
                    new Dictionary<string, object?>
                    {
                        [nameof(Around<T>.Surface)] = surface ?? SurfaceOf("ULIN00000"),
                        [nameof(Around<T>.Parameters)] = parameters,
                    }
                )
            );
            return drawn.ToHtmlString();
        });
    }

    /// <summary>
    /// Compares with a file beside the test, a tag a line; <c>GLANCY_UPDATE_GOLDENS=1</c> writes it anew.
    /// </summary>
    public static void Check(string name, string html, [CallerFilePath] string testFile = "")
    {
        // Written as people read it; what could be mark-up stays escaped.
        html = Beyond()
            .Replace(
                html,
                sign =>
                    char.ConvertFromUtf32(
                        int.Parse(sign.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    )
            );
        var lines = Blank().Replace(Tag().Replace(html, "\n$0"), "\n").Trim() + "\n";
        var file = Path.Combine(Path.GetDirectoryName(testFile) ?? "", "goldens", name + ".html");
        if (Environment.GetEnvironmentVariable("GLANCY_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
            File.WriteAllText(file, lines);
        }

        Assert.True(
            File.Exists(file),
            $"There is no golden {file}; set GLANCY_UPDATE_GOLDENS=1 and read what it writes."
        );
        Assert.Equal(File.ReadAllText(file), lines);
    }

    [GeneratedRegex("&#x(2B|[0-9A-F]{3,6});")]
    private static partial Regex Beyond();

    [GeneratedRegex("<[a-z!]")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Blank();

    private sealed class Around<T> : ComponentBase
        where T : IComponent
    {
        [Parameter]
        public required Surface Surface { get; set; }

        [Parameter]
        public required Dictionary<string, object?> Parameters { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<Surface>>(0);
            builder.AddComponentParameter(1, "Value", Surface);
            builder.AddComponentParameter(
                2,
                "ChildContent",
                (RenderFragment)(
                    inner =>
                    {
                        inner.OpenComponent<T>(0);
                        inner.AddMultipleAttributes(1, Parameters.Select(p => KeyValuePair.Create(p.Key, p.Value!)));
                        inner.CloseComponent();
                    }
                )
            );
            builder.CloseComponent();
        }
    }

    private sealed class Names(Workspace workspace, string me) : INames
    {
        public string Me => me;

        public IReadOnlyList<(string Id, string Name)> People =>
            [.. workspace.Members.People.Select(p => (p.Id, p.Name))];

        public string? Person(string id) => workspace.Members.Person(id)?.Name;

        public string? Channel(string id) => workspace.Members.Channel(id)?.Name;

        public string? Group(string id) => workspace.Members.Group(id)?.Handle;
    }
}
