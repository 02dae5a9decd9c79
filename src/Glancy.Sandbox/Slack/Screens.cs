using System.Text.Json;

namespace Glancy.Sandbox.Slack;

/// <summary>The modals that are open, and the App Homes.</summary>
public sealed class Screens
{
    private const int Deepest = 3;
    private readonly Changes changes;
    private readonly Mint mint;
    private readonly List<ShownView> modals = [];
    private readonly Dictionary<string, ShownView> homes = [];

    internal Screens(Changes changes, Mint mint)
    {
        this.changes = changes;
        this.mint = mint;
    }

    /// <summary>A person's open modals; the last lies on top.</summary>
    public IReadOnlyList<ShownView> ModalsOf(string person) =>
        changes.Look(() => modals.Where(v => v.User == person).ToList());

    /// <summary>Null until the app has published one.</summary>
    public ShownView? HomeOf(string person) => changes.Look(() => homes.GetValueOrDefault(person));

    /// <summary>An open modal or a Home, by its id.</summary>
    public ShownView? Find(string id) =>
        changes.Look(() => modals.FirstOrDefault(v => v.Id == id) ?? homes.Values.FirstOrDefault(v => v.Id == id));

    /// <summary>An open modal by the id its app gave it.</summary>
    internal ShownView? ByExternalId(string id) =>
        changes.Look(() => modals.FirstOrDefault(v => v.Content.Text("external_id") == id));

    /// <summary>Lays a modal on top. Null when three lie there already.</summary>
    internal ShownView? Push(string person, JsonElement content) =>
        changes.Make(() =>
        {
            var stack = modals.Where(v => v.User == person).ToList();
            if (stack.Count >= Deepest)
            {
                return null;
            }

            var view = new ShownView(mint.Id('V'), Hash(), person, content);
            view = stack.Count == 0 ? view : view with { RootId = stack[0].Id, PreviousId = stack[^1].Id };
            modals.Add(view);
            return view;
        });

    /// <summary>Another content for a view that is open. Null when it is not.</summary>
    internal ShownView? Update(string id, JsonElement content) =>
        Replace(
            id,
            v => v with { Content = content, Hash = Hash(), Errors = new Dictionary<string, string>(), Trouble = null }
        );

    /// <summary>Something about a view changes, but not its content: it keeps its hash.</summary>
    internal ShownView? Replace(string id, Func<ShownView, ShownView> change) =>
        changes.Make(() =>
        {
            var at = modals.FindIndex(v => v.Id == id);
            return at < 0 ? null : modals[at] = change(modals[at]);
        });

    internal ShownView Publish(string person, JsonElement content) =>
        changes.Make(() =>
            homes[person] = homes.TryGetValue(person, out var old)
                ? old with
                {
                    Content = content,
                    Hash = Hash(),
                }
                : new ShownView(mint.Id('V'), Hash(), person, content)
        );

    /// <summary>Takes a modal away; the one under it shows again.</summary>
    internal bool Close(string id) => changes.Make(() => modals.RemoveAll(v => v.Id == id) > 0);

    internal void CloseAll(string person) => changes.Make(() => modals.RemoveAll(v => v.User == person));

    private string Hash() => mint.Ts() + "." + Mint.Secret()[..8];
}
