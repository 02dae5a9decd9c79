namespace Glancy.Sandbox.Slack;

/// <summary>What Slack's own client says to a person, in that person's language.</summary>
internal static class ClientWords
{
    public static string Required(Person person) =>
        Say(person, "请填写此必填项。", "Please complete this required field.");

    public static string NotResponding(Person person) =>
        Say(person, "Glancy 没有回应，请再试一次。", "Glancy is not responding. Please try again.");

    public static string Trouble(Person person) =>
        Say(person, "连接遇到了问题，再试一次？", "We had some trouble connecting. Try again?");

    private static string Say(Person person, string chinese, string english) => person.ReadsChinese ? chinese : english;
}
