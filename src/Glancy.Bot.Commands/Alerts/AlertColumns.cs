using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;
using Glancy.Ops.Hooks;
using Glancy.Runbook.Alerts;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>The three columns of an SOP as they stand.</summary>
internal static class AlertColumns
{
    /// <summary>What was read, and how bad it is.</summary>
    public static Block Detect(AlertSop sop, AlertGroup group, Names names)
    {
        var words = names.Words;
        return new Block.Table(
            [
                words["alert.column.measure"],
                words["alert.column.value"],
                words["alert.column.limit"],
                words["alert.column.light"],
            ],
            [
                .. sop.Detect.Select(line =>
                    (IReadOnlyList<Text>)(
                        Of(group, CheckReading.Detect, line.Id) is { } reading
                            ?
                            [
                                names.In(line.Name),
                                Value(line, reading, words),
                                line.Measure?.Red.ToString(),
                                LightWords.Of(reading.Light, words),
                            ]
                            :
                            [
                                names.In(line.Name),
                                words[
                                    line.Measure is null ? "alert.by-eye"
                                    : group.Card == AlertCard.Own ? "alert.not-read"
                                    : "alert.never-read"
                                ],
                                line.Measure?.Red.ToString(),
                                Text.Empty,
                            ]
                    )
                ),
            ]
        );
    }

    /// <summary>What must be good again; a tick only for what was read and was good for as long as is asked.</summary>
    public static Block Verify(AlertSop sop, AlertGroup group, Names names)
    {
        var words = names.Words;
        return new Block.Table(
            [words["alert.column.tick"], words["alert.column.good"], words["alert.column.value"]],
            [
                .. sop.Verify.Select(line =>
                    (IReadOnlyList<Text>)
                        [
                            Tick(line, group, names),
                            Condition(line, names),
                            Of(group, CheckReading.Verify, line.Id) is { } r ? Value(line, r, words) : Text.Empty,
                        ]
                ),
            ]
        );
    }

    private static CheckReading? Of(AlertGroup group, string column, string id) =>
        group.Readings.FirstOrDefault(r => r.Column == column && r.Id == id);

    private static Text Value(SopLine line, CheckReading reading, Phrasebook words) =>
        reading.Unknown is { } reason ? words.Say("alert.unknown", words.Of("hk.unknown", reason))
        : reading.Value is { } value && line.Measure is { } measure
            ? Threshold.Format(Math.Round(value, 5), measure.Unit)
        : Text.Empty;

    private static Text Tick(SopLine line, AlertGroup group, Names names)
    {
        var words = names.Words;
        return line.Measure is null ? words["alert.tick.eye"]
            : Of(group, CheckReading.Verify, line.Id) is not { } reading
                ? words[group.Card == AlertCard.Own ? "alert.tick.not-read" : "alert.tick.never-read"]
            : reading.Ticked ? words["alert.tick.good"].In(Tone.Good)
            : reading.Unknown is not null ? words["alert.tick.unknown"].In(Tone.Warn)
            : reading.Good > 0
                ? words.Say("alert.tick.some", Text.FromInt64(reading.Good), Text.FromInt64(reading.Of)).In(Tone.Warn)
            : words["alert.tick.bad"].In(Tone.Bad);
    }

    private static Text Condition(SopLine line, Names names)
    {
        var words = names.Words;
        if (line.Measure is not { } measure)
        {
            return names.In(line.Name);
        }

        var limit = line.Limit?.ToString();
        return line.Windows > 1
            ? words.Say(
                "alert.good-windows",
                names.In(line.Name),
                limit,
                line.Windows.ToString(CultureInfo.InvariantCulture),
                words.Duration(measure.Window)
            )
            : words.Say("names.sop-line", names.In(line.Name), limit);
    }
}
