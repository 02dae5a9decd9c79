using System.Globalization;

namespace Glancy.Sandbox.Slack.Page;

/// <summary>The page's own words, in Chinese or in English; what the bot says is the bot's.</summary>
/// <param name="Chinese">Otherwise English.</param>
public sealed record PageWords(bool Chinese)
{
    public static PageWords English { get; } = new(false);

    public string Language => Chinese ? "zh-CN" : "en-US";

    public CultureInfo Culture => CultureInfo.GetCultureInfo(Language);

    // Left
    public string Channels => Say("频道", "Channels");
    public string DirectMessages => Say("私信", "Direct messages");
    public string Apps => Say("应用", "Apps");
    public string Home => Say("主页", "Home");
    public string Messages => Say("消息", "Messages");
    public string Menu => Say("打开侧边栏", "Open the sidebar");
    public string CloseMenu => Say("收起侧边栏", "Close the sidebar");
    public string ActAs => Say("以谁的身份", "Acting as");
    public string You => Say("你", "you");
    public string SideBySide => Say("并排打开", "Side by side");

    public string Unread(int count) => Say($"{count} 条未读", $"{count} unread");

    // Top
    public string NoTopic => Say("尚无主题", "No topic yet");

    public string MembersOf(int count) => Say($"{count} 位成员", count == 1 ? "1 member" : $"{count} members");

    public string Dark => Say("深色或浅色", "Dark or light");
    public string World => Say("世界", "World");

    // Messages
    public string App => Say("应用", "APP");
    public string Edited => Say("(已编辑)", "(edited)");
    public string OnlyYou => Say("仅对你可见", "Only visible to you");
    public string Dismiss => Say("关闭此消息", "Dismiss message");
    public string Pinned => Say("已固定", "Pinned");

    public string Replies(int count) => Say($"{count} 条回复", count == 1 ? "1 reply" : $"{count} replies");

    public string LastReply(string time) => Say($"最后回复于 {time}", $"Last reply at {time}");

    public string ReplyInThread => Say("在消息列中回复", "Reply in thread");

    public string AddReaction(string name) => Say($"回应 {name}", $"React with {name}");

    public string Reacted(string emoji, string people) =>
        Say($"{people} 用 {emoji} 回应", $"{people} reacted with {emoji}");

    public string AlsoInChannel => Say("也发送到了频道", "also sent to the channel");
    public string RepliedTo => Say("在消息列中回复", "replied to a thread");

    public string TopicSet(string topic) => Say($"设置了频道主题：{topic}", $"set the channel topic: {topic}");

    public string TopicCleared => Say("清除了频道主题", "cleared the channel topic");

    public string Earlier(int count) => Say($"更早的 {count} 条消息", $"{count} earlier messages");

    public string Beginning(string channel) =>
        Say($"这里是 {channel} 的开头。", $"This is the very beginning of {channel}.");

    public string Loading => Say("请求已发出，等待回答", "Sent, waiting for an answer");
    public string Download => Say("下载", "Download");
    public string Table => Say("表格", "Table");
    public string CannotShow => Say("此内容无法显示。", "This content can't be displayed.");

    // Composer
    public string MessageTo(string channel) => Say($"发消息到 {channel}", $"Message {channel}");

    public string Reply => Say("回复…", "Reply…");
    public string Send => Say("发送", "Send");
    public string CommandsMatching => Say("匹配的命令", "Commands matching");
    public string CommandHint => Say("Glancy 运维机器人", "Glancy operations bot");

    public string EffectOf(string effect) => effect == "danger" ? Say("危险", "danger") : Say("变更", "change");

    // Panes and dialogs
    public string Thread => Say("消息列", "Thread");
    public string Close => Say("关闭", "Close");
    public string Cancel => Say("取消", "Cancel");
    public string Optional => Say("（选填）", "(optional)");
    public string Choose => Say("请选择", "Select an option");
    public string ChoosePerson => Say("选择一个人", "Select a person");
    public string More => Say("更多操作", "More actions");
    public string NoHome => Say("应用尚未发布主页。", "The app has not published a home yet.");

    public string NobodyCalled(string id) => Say($"没有人叫 {id}。", $"There is nobody called {id}.");

    // World
    public string Clock => Say("时钟", "Clock");
    public string Paused => Say("已暂停", "paused");
    public string Pause => Say("暂停", "Pause");
    public string Rate => Say("倍速", "Rate");
    public string Advance => Say("快进", "Advance");
    public string Jump => Say("跳过", "Jump");
    public string AdvanceHint =>
        Say(
            "快进：经历这段时间，机器人做到期的事。跳过：直接到那一刻。",
            "Advance lives through the time, and the bots do what is due. Jump leaps over it."
        );
    public string Working => Say("进行中…", "Working…");
    public string ProductFaults => Say("产品故障", "Faults of the product");
    public string SlackFaults => Say("Slack 故障", "Faults of Slack");
    public string Shows => Say("表现", "Shows");
    public string Cure => Say("办法", "Cure");
    public string Bots => Say("机器人副本", "Replicas of the bot");
    public string Alive => Say("运行中", "alive");
    public string Dead => Say("已停止", "dead");
    public string Kill => Say("杀死", "Kill");
    public string Start => Say("启动", "Start");
    public string NoWorld => Say("这个页面没有接上世界。", "No world is behind this page.");
    public string On => Say("开", "on");
    public string Off => Say("关", "off");

    private string Say(string chinese, string english) => Chinese ? chinese : english;
}
