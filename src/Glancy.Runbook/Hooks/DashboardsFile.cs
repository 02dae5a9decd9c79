namespace Glancy.Runbook.Hooks;

/// <summary><c>dashboards.yaml</c>: the links of §7.1.</summary>
internal static class DashboardsFile
{
    public static IReadOnlyDictionary<string, Dashboard> Read(RunbookReading reading)
    {
        var dashboards = new Dictionary<string, Dashboard>();
        if (reading.Open("dashboards.yaml") is not { } file)
        {
            return dashboards;
        }

        foreach (var fields in file.Maps("dashboards"))
        {
            var id = fields.Id();
            reading.Declare(References.Dashboard, id, fields.File, fields.LineOf("id"));
            var name = fields.Words("name");
            var text = fields.Text("url");
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            {
                url = new Uri("https://invalid.invalid/");
                if (text.Length > 0)
                {
                    fields.Problem("url", "bad-url", text);
                }
            }

            fields.Section();
            fields.Done();
            dashboards[id] = new Dashboard(id, name, url);
        }

        file.Done();
        return dashboards;
    }
}
