using System.Text.Json;
using Glancy.Sandbox.Slack.Page.Blocks;

namespace Glancy.Sandbox.Tests.Slack.Page.Blocks;

public sealed class FieldValuesTests
{
    [Fact]
    public void Values_have_the_shape_of_a_views_state()
    {
        var fields = new FieldValues();
        fields.Type("b1", "text", "理由");
        fields.Type("b2", "text", "");
        fields.Choose("b3", "sev", JsonDocument.Parse("""{"value":"2"}""").RootElement);
        fields.ChoosePerson("b3", "who", "ULIN00000");

        using var expected = JsonDocument.Parse(
            """
            {
              "b1": {"text": {"type": "plain_text_input", "value": "理由"}},
              "b2": {"text": {"type": "plain_text_input", "value": null}},
              "b3": {"sev": {"type": "static_select", "selected_option": {"value": "2"}},
                "who": {"type": "users_select", "selected_user": "ULIN00000"}}
            }
            """
        );
        Assert.True(JsonElement.DeepEquals(expected.RootElement, fields.ToJson()), fields.ToJson().GetRawText());
    }

    [Fact]
    public void An_emptied_field_is_there_without_a_text()
    {
        var fields = new FieldValues();
        fields.Type("b", "a", "x");
        fields.Type("b", "a", "");

        Assert.True(fields.Has("b", "a"));
        Assert.Null(fields.Text("b", "a"));
    }
}
