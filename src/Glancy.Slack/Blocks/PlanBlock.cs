namespace Glancy.Slack.Blocks;

/// <summary>
/// What was to be done and what came of it, folded to its title until a reader opens it. One to a message, and only in
/// messages; each change of a message folds it again, so it belongs into what does not change any more.
/// </summary>
public sealed record PlanBlock(string Title, IReadOnlyList<PlanTask> Tasks, string? BlockId = null) : Block(BlockId)
{
    public string Title { get; } = Limits.Text(Title, Limits.PlanTitle, "plan.title");

    public IReadOnlyList<PlanTask> Tasks { get; } = Unique(Limits.Items(Tasks, Limits.PlanTasks, "plan.tasks"));

    internal override IEnumerable<string> Lines(string? typed) =>
        Tasks.Select(task => task.Line).Prepend($"*{SlackText.Escape(Title)}*");

    private static IReadOnlyList<PlanTask> Unique(IReadOnlyList<PlanTask> tasks)
    {
        Limits.Count(
            tasks.Select(t => t.TaskId).Distinct(StringComparer.Ordinal).Count(),
            tasks.Count,
            tasks.Count,
            "task_id"
        );
        return tasks;
    }
}

/// <param name="Details">A <see cref="RichTextBlock"/>.</param>
/// <param name="Status"><c>pending</c>, <c>in_progress</c>, <c>complete</c> or <c>error</c>.</param>
public sealed record PlanTask(string TaskId, string Title, string Status, Block? Details = null)
{
    public string TaskId { get; } = Limits.Text(TaskId, Limits.Id, "task.task_id");

    public string Title { get; } = Limits.Text(Title, Limits.PlanTitle, "task.title");

    internal string Line =>
        (
            Status switch
            {
                "complete" => "✓ ",
                "error" => "✗ ",
                "in_progress" => "▶ ",
                _ => "· ",
            }
        )
        + SlackText.Escape(Title)
        + (Details is null ? "" : " - " + string.Join(' ', Details.Lines(null)));
}
