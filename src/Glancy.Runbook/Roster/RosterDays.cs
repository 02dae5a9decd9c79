using System.Globalization;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Roster;

/// <summary>
/// The field <c>days</c> of <c>roster.yaml</c> and of the files in <c>roster/</c>: holidays and the workdays that make
/// up for them.
/// </summary>
internal static class RosterDays
{
    public static IEnumerable<CalendarDay> Read(Fields file)
    {
        foreach (var fields in file.OptionalMaps("days"))
        {
            var from = Date(fields, "date");
            var day = new CalendarDay(
                from,
                fields.Has("to") ? Date(fields, "to") : from,
                fields.Choice("kind", "holiday", "workday") == "workday" ? DayKind.Workday : DayKind.Holiday,
                fields.Words("name")
            );
            if (day.To < day.From && day.To != default)
            {
                fields.Problem("to", "ends-before-start");
            }

            fields.Done();
            yield return day;
        }
    }

    private static DateOnly Date(Fields fields, string name)
    {
        var text = fields.Text(name);
        if (
            !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && text.Length > 0
        )
        {
            fields.Problem(name, "bad-date", text);
        }

        return date;
    }
}
