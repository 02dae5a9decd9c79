using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Glancy.Slack.Blocks;

/// <summary>The kinds of block by Slack's own names, and where Slack takes each.</summary>
internal static class BlockKinds
{
    // What every workspace has shown for years. A refusal of one of these is about what is in it, never about the kind.
    private static readonly FrozenSet<string> Old = FrozenSet.Create(
        StringComparer.Ordinal,
        "header",
        "section",
        "context",
        "divider",
        "actions",
        "input",
        "image",
        "rich_text"
    );
    private static readonly FrozenSet<string> OnlyInMessages = FrozenSet.Create(
        StringComparer.Ordinal,
        "markdown",
        "plan"
    );
    private static readonly FrozenSet<string> OnlyInModals = FrozenSet.Create(StringComparer.Ordinal, "alert");
    private static readonly FrozenSet<string> NotInModals = FrozenSet.Create(
        StringComparer.Ordinal,
        "markdown",
        "table",
        "plan"
    );
    private static readonly FrozenDictionary<Type, string> Names = typeof(Block)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => a.DerivedType, a => (string)(a.TypeDiscriminator ?? ""));

    /// <summary>As Slack writes it: <c>section</c>.</summary>
    public static string Of(Block block)
    {
        return Names[block.GetType()];
    }

    /// <summary>Young enough that a workspace, or a flavour of Slack, may not know it.</summary>
    internal static bool IsYoung(Block block) => !Old.Contains(Of(block));

    internal static bool IsTaken(Block block, BlockSurface surface) =>
        surface switch
        {
            BlockSurface.Modal => !NotInModals.Contains(Of(block)),
            BlockSurface.Home => !OnlyInMessages.Contains(Of(block)) && !OnlyInModals.Contains(Of(block)),
            _ => !OnlyInModals.Contains(Of(block)),
        };
}

/// <summary>Where blocks stand.</summary>
internal enum BlockSurface
{
    Message,
    Modal,
    Home,
}
