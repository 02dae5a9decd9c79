using System.Text.Json.Nodes;

namespace Glancy.Slack.Tests;

/// <summary>Compares JSON by what it says.</summary>
internal static class Json
{
    public static void Same(string expected, string actual)
    {
        if (expected.Length == 0 || actual.Length == 0)
        {
            Assert.Equal(expected, actual);
            return;
        }

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)),
            $"expected {expected}\nactual   {actual}"
        );
    }
}
