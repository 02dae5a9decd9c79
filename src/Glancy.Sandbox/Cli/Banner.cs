using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Cli;

/// <summary>What is said when a world is up: how it stands there, and what to try first.</summary>
internal static class Banner
{
    /// <param name="prometheus">Its address.</param>
    /// <param name="folder">The world's.</param>
    /// <param name="page">Address of the Slack page; null without one.</param>
    public static string Of(Beginning beginning, Uri prometheus, string folder, Uri? page, SandboxWords words)
    {
        var lines = new List<string> { Situation(beginning, words) };
        if (page is not null)
        {
            lines.AddRange(InTheBrowser(beginning, page, words));
        }

        lines.AddRange(InATerminal(beginning, words));
        lines.Add(words.Say("对世界本身：", "And of the world itself:"));
        lines.Add(
            "  ./glancy sandbox status | fault list | act ... | effects | alerts fire ExportQueueHigh 3 | clock "
                + "advance 10m | down"
        );
        lines.Add(
            words.Say(
                $"Prometheus：{prometheus.GetLeftPart(UriPartial.Authority)}   其余：{folder}/world.json   Ctrl-C 结束。",
                $"Prometheus: {prometheus.GetLeftPart(UriPartial.Authority)}   everything else: {folder}/world.json  "
                    + $" Ctrl-C ends it."
            )
        );
        return string.Join('\n', lines);
    }

    // The first line: what has happened in this world.
    private static string Situation(Beginning beginning, SandboxWords words) =>
        words.Say("上海时间 09:20。", "It is 09:20 in Shanghai. ")
        + beginning switch
        {
            Beginning.BadRelease => words.Say(
                "REL-B5 全量已 20 分钟，其中 6 分钟不正常。",
                "REL-B5 has been at 100 % for 20 minutes; for six of them it has not been well."
            ),
            Beginning.Overload => words.Say(
                "REL-B3 在 15 % 已 20 分钟，其中 6 分钟不正常。",
                "REL-B3 has been at 15 % for 20 minutes; for six of them it has not been well."
            ),
            Beginning.GoodRelease => words.Say(
                "REL-B3 在 15 % 已 20 分钟，一切正常。",
                "REL-B3 has been at 15 % for 20 minutes, and all is well."
            ),
            _ => words.Say("没有批次在放量，一切正常。", "No batch rolls out, and all is well."),
        };

    private static bool IsRed(Beginning beginning) => Past.FaultOf(beginning) is not null;

    private static string Batch(Beginning beginning) => Past.Of(beginning) is [.., var last] ? last.Batch : "";

    private static string Lights(Beginning beginning, SandboxWords words) =>
        IsRed(beginning)
            ? words.Say("看灯：HK-01、HK-02 是红的", "what the lights say: HK-01 and HK-02 are red")
            : words.Say("看灯：都是绿的", "what the lights say: all are green");

    // What goes wrong in a world that is well has to be switched on first.
    private static string Trouble(Beginning beginning) => beginning == Beginning.Quiet ? "doubao-errors" : "overload";

    private static IEnumerable<string> InTheBrowser(Beginning beginning, Uri page, SandboxWords words)
    {
        yield return words.Say(
            "浏览器里是频道 #glancy-ops，身份是当班 Primary 林晓：",
            "In the browser, the channel #glancy-ops as 林晓, who is the Primary on duty:"
        );
        yield return $"  {page.AbsoluteUri}";
        yield return Row(words.Say("输入 /glancy hk", "type /glancy hk"), Lights(beginning, words));
        if (IsRed(beginning))
        {
            yield return Row(
                words.Say("按草案 R-1 的确认按钮", "press the confirming button of draft R-1"),
                words.Say(
                    "灯还红着时一次点击即确认；卡片一直跟到验证完成",
                    "one click confirms it while its light is red; the card follows the run to its verification"
                )
            );
        }

        yield return $"  {page.AbsoluteUri}side-by-side?as=ULIN00000&as=UWU000000";
        yield return Row(
            "",
            words.Say("两个人并排", "two people side by side")
                + (
                    Batch(beginning) is { Length: > 0 } batch
                        ? words.Say(
                            $"：/glancy rollback {batch} --reason \"...\" 需要两人",
                            $": /glancy rollback {batch} --reason \"...\" takes both"
                        )
                        : ""
                )
        );
        yield return Row(
            words.Say("右上角的时钟", "the clock at the top right"),
            words.Say(
                "世界：时间、产品与 Slack 的故障、kill -9 副本",
                "the world: its time, what goes wrong in the product and in Slack, kill -9 of a replica"
            )
        );
    }

    private static IEnumerable<string> InATerminal(Beginning beginning, SandboxWords words)
    {
        yield return words.Say("另开一个终端：", "In another terminal:");
        yield return Row("./glancy hk", Lights(beginning, words));
        yield return Row(
            "./glancy status",
            words.Say("给刚被叫醒的人看的一页", "one page for somebody who has just woken up")
        );
        if (IsRed(beginning))
        {
            yield return Row(
                "./glancy run show R-1",
                words.Say("机器人起草的回滚，及其确认码", "the rollback that the bot has drafted, and its code")
            );
            yield return Row(
                words.Say("./glancy --as lin run confirm R-1 <确认码>", "./glancy --as lin run confirm R-1 <code>"),
                words.Say(
                    "以 Primary 林晓确认，看着它直到验证完成",
                    "confirm it as the Primary, 林晓, and watch it to its verification"
                )
            );
        }
        else
        {
            yield return Row(
                "./glancy release status",
                words.Say("发布列车与下一阶的门槛", "the release train and the gates of the next rung")
            );
            yield return Row(
                $"./glancy sandbox fault on {Trouble(beginning)}",
                words.Say("让它出事；几分钟后灯变红", "make it go wrong; a light turns red within minutes")
            );
        }
    }

    // Chinese characters take two columns.
    private static string Row(string left, string right) =>
        "  " + left + new string(' ', Math.Max(1, 45 - left.Sum(c => c > '\u2e7f' ? 2 : 1))) + right;
}
