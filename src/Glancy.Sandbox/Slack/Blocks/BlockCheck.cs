using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>
/// Slack's limits of blocks, read from Slack's documentation and written down here a second time: the bot's own must
/// not judge itself.
/// </summary>
internal static class BlockCheck
{
    public const int InMessage = 50;
    public const int InView = 100;
    private const int Markdown = 12_000;
    private const int Cells = 10_000;
    private const int Title = 256;
    private const int Tasks = 50;

    /// <param name="owner">What has <c>blocks</c>: a message or a view.</param>
    /// <param name="surface"><c>message</c>, <c>modal</c> or <c>home</c>.</param>
    public static void Look(JsonElement owner, string at, string surface, Findings found)
    {
        var blocks = found.List(owner, "blocks", at, surface == "message" ? InMessage : InView, least: 0);
        foreach (var (block, where) in blocks)
        {
            found.Text(block, "block_id", where, 255);
            Block(block, where, found);
            if (
                (block.Text("type"), surface)
                is
                    ("markdown" or "plan", not "message")
                    or
                    ("table", "modal")
                    or
                    ("alert", not "modal")
            )
            {
                found.Add(where + "/type", $"unsupported type in a {surface}: {block.Text("type")}");
            }
        }

        foreach (
            var twice in blocks
                .Select(b => b.Item.Text("block_id"))
                .OfType<string>()
                .GroupBy(id => id)
                .Where(g => g.Count() > 1)
        )
        {
            found.Add(at + "/blocks", $"block_id `{twice.Key}` is already in use");
        }

        if (
            blocks.Where(b => b.Item.Text("type") == "markdown").Sum(b => Findings.Length(b.Item.Text("text") ?? ""))
            > Markdown
        )
        {
            found.Add(at + "/blocks", "markdown of all blocks must be less than 12001 characters");
        }

        if (blocks.Count(b => b.Item.Text("type") == "plan") > 1)
        {
            found.Add(at + "/blocks", "only one plan is allowed");
        }

        if (blocks.Count(b => b.Item.Text("type") == "table") > 1)
        {
            found.Add(at + "/blocks", "only_one_table_allowed");
        }

        if (blocks.Where(b => b.Item.Text("type") == "table").Sum(b => TableCheck.Characters(b.Item)) > Cells)
        {
            found.Add(at + "/blocks", "cells of all tables must be less than 10001 characters");
        }
    }

    private static void Block(JsonElement block, string at, Findings found)
    {
        switch (block.Text("type"))
        {
            case "section":
                Section(block, at, found);
                break;
            case "header":
                found.TextObject(block, "text", at, 150, required: true);
                break;
            case "context":
                foreach (var (element, where) in found.List(block, "elements", at, 10))
                {
                    Context(element, where, found);
                }

                break;
            case "actions":
                foreach (var (element, where) in found.List(block, "elements", at, 25))
                {
                    ElementCheck.Look(element, where, found);
                }

                Twice(block, at, found);
                break;
            case "image":
                ElementCheck.Image(block, at, found);
                found.TextObject(block, "title", at, 2000);
                break;
            case "input":
                Input(block, at, found);
                break;
            case "markdown":
                found.Text(block, "text", at, Markdown, required: true);
                break;
            case "table":
                TableCheck.Look(block, at, found);
                break;
            case "alert":
                found.TextObject(block, "text", at, 200, plain: false, required: true);
                if (block.Text("level") is not (null or "default" or "info" or "warning" or "error" or "success"))
                {
                    found.Add(at + "/level", "must be default, info, warning, error or success");
                }

                break;
            case "plan":
                Plan(block, at, found);
                break;
            case "rich_text":
                found.List(block, "elements", at, int.MaxValue - 1, least: 0);
                break;
            case "divider" or "file" or "video" or "call":
                break;
            case var other:
                found.Add(at + "/type", $"unsupported type: {other ?? "none"}");
                break;
        }
    }

    private static void Section(JsonElement block, string at, Findings found)
    {
        found.TextObject(block, "text", at, 3000, plain: false);
        foreach (var (field, where) in found.List(block, "fields", at, 10, required: false))
        {
            found.TextObject(field, where, 2000, plain: false);
        }

        if (block.Member("text") is null && block.Member("fields") is null)
        {
            found.Add(at, "missing required field: text or fields");
        }

        if (block.Member("accessory") is { } accessory)
        {
            ElementCheck.Look(accessory, at + "/accessory", found);
        }
    }

    // Titles are bare strings here; an object in their place is refused.
    private static void Plan(JsonElement block, string at, Findings found)
    {
        found.Text(block, "title", at, Title, required: true);
        var tasks = found.List(block, "tasks", at, Tasks, required: false);
        foreach (var (task, where) in tasks)
        {
            found.Text(task, "task_id", where, 255, required: true);
            found.Text(task, "title", where, Title, required: true);
            if (task.Text("status") is not (null or "pending" or "in_progress" or "complete" or "error"))
            {
                found.Add(where + "/status", "must be pending, in_progress, complete or error");
            }

            if (task.Member("details") is { } details && details.Text("type") != "rich_text")
            {
                found.Add(where + "/details", "must be a rich_text block");
            }
        }

        if (tasks.Select(t => t.Item.Text("task_id")).Distinct().Count() != tasks.Count)
        {
            found.Add(at + "/tasks", "task_id must be unique");
        }
    }

    private static void Context(JsonElement element, string at, Findings found)
    {
        if (element.Text("type") == "image")
        {
            ElementCheck.Image(element, at, found);
        }
        else
        {
            found.TextObject(element, at, 2000, plain: false);
        }
    }

    private static void Input(JsonElement block, string at, Findings found)
    {
        found.TextObject(block, "label", at, 2000, required: true);
        found.TextObject(block, "hint", at, 2000);
        if (block.Member("element") is { } element)
        {
            ElementCheck.Look(element, at + "/element", found);
        }
        else
        {
            found.Add(at, "missing required field: element");
        }
    }

    private static void Twice(JsonElement block, string at, Findings found)
    {
        foreach (
            var twice in block
                .Items("elements")
                .Select(e => e.Text("action_id"))
                .OfType<string>()
                .GroupBy(id => id)
                .Where(g => g.Count() > 1)
        )
        {
            found.Add(at + "/elements", $"action_id `{twice.Key}` is already in use");
        }
    }
}
