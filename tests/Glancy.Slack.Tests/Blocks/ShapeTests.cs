using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Tests.Blocks;

/// <summary>
/// Slack's JSON becomes our records and the same JSON again. Our own fixtures are beside this file; where
/// <c>GLANCY_CONFORMANCE_DATA</c> names a folder with <c>slack/slackblocks</c>, its valid fixtures have to pass as
/// well.
/// </summary>
public sealed class ShapeTests
{
    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["blocks"] = typeof(Block),
        ["views"] = typeof(View),
        ["messages"] = typeof(object),
        ["elements"] = typeof(IAccessory),
        ["objects"] = typeof(TextObject),
    };

    // Parts of Block Kit that these records do not have, and one number where sources differ and we keep to the
    // smaller.
    private static readonly string[] Beyond =
    [
        "actions_block_checkboxes",
        "alert_block",
        "card_block",
        "carousel_block",
        "container_block",
        "context_actions_feedback_buttons",
        "context_actions_icon_button",
        "data_table_block",
        "data_visualization_area",
        "data_visualization_bar",
        "data_visualization_line",
        "data_visualization_pie",
        "file_block_only",
        "plan_block",
        "rich_text_block_basic",
        "task_card_block",
        "video_block_basic",
        "video_block_full",
        "table_block",
        "checkbox_basic",
        "date_picker_basic",
        "datetime_picker_basic",
        "email_input_basic",
        "file_input_basic",
        "image_slack_file_id",
        "image_slack_file_url",
        "multi_select_channel",
        "multi_select_conversation",
        "multi_select_external",
        "multi_select_static",
        "multi_select_user",
        "multi_select_user_with_initial_users",
        "number_input_basic",
        "radio_button_group_basic",
        "rich_text_input_basic",
        "select_menu_channel",
        "select_menu_conversation",
        "select_menu_external",
        "timepicker_basic",
        "url_input_basic",
        "url_source_basic",
        "workflow_button_basic",
        "conversation_filter_basic",
        "dispatch_action_configuration_basic",
        "input_parameter_basic",
        "option_group_basic",
        "option_value_at_limit",
        "trigger_basic",
        "workflow_basic",
        "slack_file_basic",
        "slack_file_id",
        "slack_file_url",
    ];

    private static readonly Dictionary<string, Type> Exceptions = new()
    {
        ["plaintext_input_basic"] = typeof(IInputElement),
        ["confirmation_dialogue_basic"] = typeof(Confirm),
        ["option_basic"] = typeof(Option),
    };

    [Fact]
    public void Each_of_our_fixtures_comes_back_as_it_was() =>
        Assert.Equal(14, ComeBack(Path.Combine(Here(), "fixtures")));

    [Fact]
    public void Each_valid_fixture_of_the_conformance_data_comes_back_as_it_was()
    {
        if (Environment.GetEnvironmentVariable("GLANCY_CONFORMANCE_DATA") is { Length: > 0 } data)
        {
            Assert.InRange(ComeBack(Path.Combine(data, "slack/slackblocks/spec/fixtures/valid")), 25, 200);
        }
    }

    private static int ComeBack(string folder)
    {
        var checkedFiles = 0;
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order())
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var kind = Path.GetFileName(Path.GetDirectoryName(file)) ?? "";
            if (
                Beyond.Contains(name)
                || !(Exceptions.TryGetValue(name, out var type) || Kinds.TryGetValue(kind, out type))
            )
            {
                continue;
            }

            var expected = JsonNode.Parse(File.ReadAllText(file));
            if (kind == "messages")
            {
                (expected, type) = (expected?["blocks"]?.DeepClone(), typeof(IReadOnlyList<Block>));
                if (expected is null)
                {
                    continue;
                }
            }

            var read = JsonSerializer.Deserialize(expected, type, SlackJson.Options);
            Json.Same(
                Verbatim(expected)?.ToJsonString() ?? "",
                JsonSerializer.Serialize(read, type, SlackJson.Options)
            );
            checkedFiles++;
        }

        return checkedFiles;
    }

    // Ours says verbatim where Slack's example leaves it to the default.
    private static JsonNode? Verbatim(JsonNode? node)
    {
        if (node is JsonObject found)
        {
            if (found["type"]?.ToString() == "mrkdwn" && found["verbatim"] is null)
            {
                found["verbatim"] = true;
            }

            foreach (var (_, child) in found.ToList())
            {
                Verbatim(child);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var child in list)
            {
                Verbatim(child);
            }
        }

        return node;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path) ?? "";
}
