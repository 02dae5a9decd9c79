using System.Globalization;

namespace Glancy.Runbook;

/// <summary>
/// A name or title of the runbook in both languages; the runbook's data carries both, resources carry none of it.
/// </summary>
public sealed record Words(string Zh, string En)
{
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "zh" ? Zh : En;
    }
}
