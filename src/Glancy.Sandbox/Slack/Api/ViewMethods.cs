using System.Text.Json;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Slack.Api;

/// <summary><c>views.*</c></summary>
internal sealed class ViewMethods(Workspace workspace)
{
    public Dictionary<string, Func<ApiCall, ApiAnswer>> All =>
        new()
        {
            ["views.open"] = call => Show(call, onTop: false),
            ["views.push"] = call => Show(call, onTop: true),
            ["views.update"] = Update,
            ["views.publish"] = Publish,
        };

    private ApiAnswer Show(ApiCall call, bool onTop)
    {
        if (call.Text("trigger_id") is not { } trigger)
        {
            return ApiAnswer.No("invalid_arguments", ["[ERROR] missing required field: trigger_id"]);
        }

        if (Wrong(call, "modal", out var content) is { } wrong)
        {
            return wrong;
        }

        var (person, error) = workspace.Triggers.Use(trigger);
        if (person is null)
        {
            return ApiAnswer.No(error ?? "invalid_trigger_id");
        }

        if (!onTop && workspace.Screens.ModalsOf(person).Count > 0)
        {
            // A second root takes the place of the first.
            workspace.Screens.CloseAll(person);
        }

        return workspace.Screens.Push(person, workspace.Content.Named(content)) is { } view
            ? ApiAnswer.Yes(new { View = MessageJson.Of(view) })
            : ApiAnswer.No("push_limit_reached");
    }

    private ApiAnswer Update(ApiCall call)
    {
        if (Wrong(call, "modal", out var content) is { } wrong)
        {
            return wrong;
        }

        var shown =
            call.Text("view_id") is { } id ? workspace.Screens.Find(id)
            : call.Text("external_id") is { } external ? workspace.Screens.ByExternalId(external)
            : null;
        if (shown is not { IsModal: true })
        {
            return ApiAnswer.No("not_found");
        }

        return call.Text("hash") is { } hash && hash != shown.Hash ? ApiAnswer.No("hash_conflict")
            : workspace.Screens.Update(shown.Id, workspace.Content.Named(content)) is { } view
                ? ApiAnswer.Yes(new { View = MessageJson.Of(view) })
            : ApiAnswer.No("not_found");
    }

    private ApiAnswer Publish(ApiCall call)
    {
        if (workspace.Members.Person(call.Text("user_id") ?? "") is not { } person)
        {
            return ApiAnswer.No("invalid_arguments", ["[ERROR] invalid user_id"]);
        }

        if (Wrong(call, "home", out var content) is { } wrong)
        {
            return wrong;
        }

        return call.Text("hash") is { } hash && workspace.Screens.HomeOf(person.Id) is { } old && old.Hash != hash
            ? ApiAnswer.No("hash_conflict")
            : ApiAnswer.Yes(
                new { View = MessageJson.Of(workspace.Screens.Publish(person.Id, workspace.Content.Named(content))) }
            );
    }

    private static ApiAnswer? Wrong(ApiCall call, string type, out JsonElement content)
    {
        content = call.Json("view") ?? default;
        if (content.ValueKind != JsonValueKind.Object)
        {
            return ApiAnswer.Missing("view");
        }

        var faults = ViewCheck.Faults(content, type);
        return faults.Count > 0 ? ApiAnswer.No("invalid_arguments", faults) : null;
    }
}
