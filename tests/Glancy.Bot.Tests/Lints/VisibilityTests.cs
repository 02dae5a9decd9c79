using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Glancy.Bot.Tests.Lints;

/// <summary>
/// What no other project uses is internal. A type is public because another one names it, or because one that is public
/// shows it: in a constructor, a member, a base or an attribute.
/// </summary>
public sealed class VisibilityTests
{
    private static readonly string[] Houses =
    [
        "Glancy.Runbook",
        "Glancy.Slack",
        "Glancy.Ops",
        "Glancy.Bot.Commands",
        "Glancy.Bot",
    ];

    [Fact]
    public void Only_what_another_project_uses_is_public()
    {
        var assemblies = Houses.Select(Assembly.Load).ToList();
        var used = assemblies.Append(typeof(Sandbox.Bastion.RepositoryRoot).Assembly).SelectMany(Names).ToHashSet();
        var shown = new HashSet<Type>();
        foreach (
            var type in assemblies
                .SelectMany(a => a.GetExportedTypes())
                .Where(t => used.Contains(Name(t)) || HoldsConstants(t))
        )
        {
            Show(type, shown);
        }

        var hidden = assemblies
            .SelectMany(a => a.GetExportedTypes())
            .Where(t => !t.IsNested && t.Namespace is not null && !shown.Contains(t))
            .Select(Name)
            .Order(StringComparer.Ordinal);

        Assert.True(!hidden.Any(), string.Join(Environment.NewLine, hidden));
    }

    // A constant is copied to where it is used: nothing tells by whom.
    private static bool HoldsConstants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Any(field => field.IsLiteral && !type.IsEnum);

    private static string Name(Type type) => $"{type.Namespace}.{type.Name}";

    // What the code of an assembly names outside itself.
    private static IEnumerable<string> Names(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata
                .TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
        ];
    }

    private static void Show(Type type, HashSet<Type> shown)
    {
        if (type.HasElementType)
        {
            Show(type.GetElementType() ?? type, shown);
            return;
        }

        foreach (var argument in type.GetGenericArguments().Where(a => !a.IsGenericParameter))
        {
            Show(argument, shown);
        }

        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (open.IsGenericParameter || !Houses.Contains(open.Assembly.GetName().Name) || !shown.Add(open))
        {
            return;
        }

        foreach (var other in Surface(open))
        {
            Show(other, shown);
        }
    }

    private static IEnumerable<Type> Surface(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        var methods = type.GetMembers(Declared)
            .OfType<MethodBase>()
            .Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly)
            .ToList();
        IEnumerable<Type?> types =
        [
            type.BaseType,
            type.DeclaringType,
            .. type.GetInterfaces(),
            .. type.GetNestedTypes(),
            .. type.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()),
            .. type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => f.FieldType),
            .. methods.SelectMany(m => m.GetParameters()).Select(p => p.ParameterType),
            .. methods.OfType<MethodInfo>().Select(m => m.ReturnType),
            .. methods
                .OfType<MethodInfo>()
                .SelectMany(m => m.GetGenericArguments())
                .SelectMany(a => a.GetGenericParameterConstraints()),
        ];
        return types.OfType<Type>();
    }
}
