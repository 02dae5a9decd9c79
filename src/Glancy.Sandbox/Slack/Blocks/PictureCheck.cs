using System.Globalization;
using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>
/// Pictures that a message wants to show from the workspace's files: there must be such a file, and Slack must be done
/// with looking at it.
/// </summary>
internal static class PictureCheck
{
    public static void Look(JsonElement blocks, Cabinet files, Findings found)
    {
        var at = 0;
        foreach (var block in blocks.EnumerateArray())
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"/blocks/{at++}");
            File(block, where, files, found);
            if (block.Member("accessory") is { } accessory)
            {
                File(accessory, where + "/accessory", files, found);
            }

            var inside = 0;
            foreach (var element in block.Text("type") == "context" ? block.Items("elements") : [])
            {
                File(
                    element,
                    string.Create(CultureInfo.InvariantCulture, $"{where}/elements/{inside++}"),
                    files,
                    found
                );
            }
        }
    }

    private static void File(JsonElement image, string at, Cabinet files, Findings found)
    {
        if (
            image.Text("type") == "image"
            && image.Member("slack_file") is { } file
            && !files.CanShow(file.Text("id") ?? "")
        )
        {
            found.Add(at + "/slack_file", "invalid slack file");
        }
    }
}
