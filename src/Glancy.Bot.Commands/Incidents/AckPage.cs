using System.Net;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// The small page behind a call's link: one sentence, and a button while there is something to press.
/// </summary>
public static class AckPage
{
    /// <summary>Asks the person to press.</summary>
    public static string Ask(string incident, string level, string person, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Html(words.Say("ack.ask", incident, level, person), words["incident.do-ack"], words);
    }

    /// <summary>Says what came of it.</summary>
    public static string Say(Text sentence, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        ArgumentNullException.ThrowIfNull(words);
        return Html(sentence, null, words);
    }

    // No script, nothing from elsewhere; the form goes back to where the page came from.
    private static string Html(Text sentence, Text? button, Phrasebook words)
    {
        var form = button is null
            ? ""
            : $"<form method=\"post\"><button style=\"font-size:1.4em;padding:.6em "
                + $"1em\">{Safe(button)}</button></form>";
        return $"<!doctype html><html lang=\"{words.Culture.Name}\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>Glancy</title>"
            + $"<body style=\"font-family:sans-serif;margin:2em\"><p "
            + $"style=\"font-size:1.2em\">{Safe(sentence)}</p>{form}</body></html>";
    }

    private static string Safe(Text text) => WebUtility.HtmlEncode(text.Plain);
}
