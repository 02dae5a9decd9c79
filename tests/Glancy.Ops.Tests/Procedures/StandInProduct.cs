namespace Glancy.Ops.Tests.Procedures;

/// <summary>The product's HTTP interface: degraded answers once the basic-answer switch is on.</summary>
internal sealed class StandInProduct(StandInBastion bastion) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var degraded = bastion.Flags["glancy.lookup.force_basic"];
        var word = request.RequestUri?.Query.Split('=').LastOrDefault() ?? "";
        var body =
            request.RequestUri?.AbsolutePath == "/actuator/health"
                ? """{"status":"UP"}"""
                : $$"""
                    {"word":"{{word}}","basic":{"definition":"a thing"},"examples":[{"text":"x",
                     "source":"{{(degraded == "true" ? "template" : "llm")}}"}],"degraded":{{degraded}},
                     "trace_id":"t1"}
                    """;
        var response = new HttpResponseMessage { Content = new StringContent(body) };
        response.Headers.Add("X-Trace-Id", "t1");
        return Task.FromResult(response);
    }
}
