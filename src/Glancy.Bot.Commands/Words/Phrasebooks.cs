using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Glancy.Bot.Commands.Words;

/// <summary>The phrasebooks of both languages, read once from the resources beside each capability.</summary>
public sealed class Phrasebooks
{
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    private readonly Phrasebook chinese;
    private readonly Phrasebook english;

    /// <exception cref="InvalidOperationException">Two resources give words to one key.</exception>
    public Phrasebooks(IStringLocalizerFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        chinese = Read(factory, Chinese);
        english = Read(factory, English);
    }

    /// <summary>Chinese unless English is asked for.</summary>
    public Phrasebook In(CultureInfo? culture) => culture?.TwoLetterISOLanguageName == "en" ? english : chinese;

    /// <summary>Names of the resources, one per capability.</summary>
    internal static IEnumerable<string> Resources()
    {
        var assembly = typeof(Phrasebooks).Assembly;
        var prefix = assembly.GetName().Name + ".";
        return assembly
            .GetManifestResourceNames()
            .Where(name =>
                name.StartsWith(prefix, StringComparison.Ordinal)
                && name.EndsWith(".resources", StringComparison.Ordinal)
            )
            .Select(name => name[prefix.Length..^".resources".Length])
            .Order(StringComparer.Ordinal);
    }

    private static Phrasebook Read(IStringLocalizerFactory factory, CultureInfo culture)
    {
        var assembly = typeof(Phrasebooks).Assembly.GetName().Name ?? "";
        var phrases = new Dictionary<string, string>(StringComparer.Ordinal);
        var before = CultureInfo.CurrentUICulture;
        try
        {
            // The localizer knows the language of the thread only.
            CultureInfo.CurrentUICulture = culture;
            foreach (var resource in Resources())
            {
                foreach (var phrase in factory.Create(resource, assembly).GetAllStrings(includeParentCultures: true))
                {
                    if (!phrases.TryAdd(phrase.Name, phrase.Value))
                    {
                        throw new InvalidOperationException(
                            $"The words of {phrase.Name} are given twice, the second time in {resource}."
                        );
                    }
                }
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        return new Phrasebook(culture, phrases.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
