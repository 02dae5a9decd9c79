using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>Slack's limits of what is inside blocks.</summary>
internal static class ElementCheck
{
    private const int Options = 100;

    /// <summary>Something to click, choose or fill in.</summary>
    public static void Look(JsonElement element, string at, Findings found)
    {
        found.Text(element, "action_id", at, 255);
        if (element.Member("confirm") is { } confirm)
        {
            Confirm(confirm, at + "/confirm", found);
        }

        found.TextObject(element, "placeholder", at, 150);
        switch (element.Text("type"))
        {
            case "button" or "workflow_button":
                found.TextObject(element, "text", at, 75, required: true);
                found.Text(element, "value", at, 2000, least: 0);
                found.Text(element, "url", at, 3000);
                found.Text(element, "accessibility_label", at, 75);
                if (element.Text("style") is not (null or "primary" or "danger"))
                {
                    found.Add(at + "/style", "must be primary or danger");
                }

                break;
            case "static_select" or "multi_static_select" when element.Member("option_groups") is not null:
                foreach (var (group, where) in found.List(element, "option_groups", at, Options))
                {
                    found.TextObject(group, "label", where, 75, required: true);
                    OptionsOf(group, where, Options, found);
                }

                break;
            case "static_select" or "multi_static_select":
                OptionsOf(element, at, Options, found);
                break;
            case "overflow":
                OptionsOf(element, at, 5, found);
                break;
            case "checkboxes" or "radio_buttons":
                OptionsOf(element, at, 10, found);
                break;
            case "plain_text_input":
                found.Text(element, "initial_value", at, 3000, least: 0);
                break;
            case "image":
                Image(element, at, found);
                break;
            case "users_select"
            or "conversations_select"
            or "channels_select"
            or "external_select"
            or "multi_users_select"
            or "multi_conversations_select"
            or "multi_channels_select"
            or "multi_external_select"
            or "datepicker"
            or "timepicker"
            or "datetimepicker"
            or "email_text_input"
            or "url_text_input"
            or "number_input"
            or "rich_text_input"
            or "file_input":
                break;
            case var other:
                found.Add(at + "/type", $"unsupported type: {other ?? "none"}");
                break;
        }
    }

    /// <summary>A picture, as a block or inside one.</summary>
    public static void Image(JsonElement image, string at, Findings found)
    {
        if (image.Member("slack_file") is { } file)
        {
            found.Text(file, "id", at + "/slack_file", 255, required: file.Member("url") is null);
            if (
                image.Member("image_url") is not null
                || (file.Member("id") is not null && file.Member("url") is not null)
            )
            {
                found.Add(at, "must have one of image_url and slack_file");
            }
        }
        else
        {
            found.Text(image, "image_url", at, 3000, required: true);
        }

        found.Text(image, "alt_text", at, 2000, required: true, least: 0);
    }

    private static void OptionsOf(JsonElement owner, string at, int most, Findings found)
    {
        foreach (var (option, where) in found.List(owner, "options", at, most))
        {
            found.TextObject(
                option,
                "text",
                where,
                75,
                required: true,
                plain: owner.Text("type") is not ("checkboxes" or "radio_buttons")
            );
            found.Text(option, "value", where, 75, required: true);
            found.TextObject(
                option,
                "description",
                where,
                75,
                plain: owner.Text("type") is not ("checkboxes" or "radio_buttons")
            );
        }
    }

    private static void Confirm(JsonElement confirm, string at, Findings found)
    {
        found.TextObject(confirm, "title", at, 100);
        found.TextObject(confirm, "text", at, 300, required: true, plain: false);
        found.TextObject(confirm, "confirm", at, 30);
        found.TextObject(confirm, "deny", at, 30);
    }
}
