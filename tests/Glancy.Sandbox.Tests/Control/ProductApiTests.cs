using System.Net;
using System.Text.Json;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Tests.Worlds;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Tests.Control;

public sealed class ProductApiTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lookup_answers_with_examples_by_the_model_and_a_trace()
    {
        await fixture.World.ResetToPromotedAsync("REL-B3", null, Token);
        using var response = await GetAsync("/api/v1/lookup?word=apple");
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("apple", body.RootElement.GetProperty("word").GetString());
        Assert.False(body.RootElement.GetProperty("degraded").GetBoolean());
        Assert.Equal(3, body.RootElement.GetProperty("examples").GetArrayLength());
        Assert.Equal("llm", body.RootElement.GetProperty("examples")[0].GetProperty("source").GetString());
        Assert.Equal(
            response.Headers.GetValues("X-Trace-Id").Single(),
            body.RootElement.GetProperty("trace_id").GetString()
        );
        Assert.Contains(response.Headers.GetValues("X-Colour").Single(), Traffic.Colours);
    }

    [Fact]
    public async Task With_force_basic_every_lookup_is_a_basic_answer_with_a_template()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", Faults.BadRelease, Token);
        await world.TypeAsync("lin", ["configctl", "feature", "set", Flags.ForceBasic, "true", "--env", "prod"], Token);
        foreach (var _ in Enumerable.Range(0, 20))
        {
            using var response = await GetAsync("/api/v1/lookup?word=pear");
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
            Assert.True(body.RootElement.GetProperty("degraded").GetBoolean());
            Assert.Equal("template", body.RootElement.GetProperty("examples")[0].GetProperty("source").GetString());
        }
    }

    [Fact]
    public async Task A_bad_release_at_full_weight_fails_some_lookups()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B5", null, Token);
        await world.TypeAsync(
            "mei",
            ["releasectl", "stage", "promote", "--env", "prod", "--batch", "REL-B5", "--weight", "100"],
            Token
        );
        world.FaultOn(Faults.BadRelease, 5);
        var codes = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async i =>
                {
                    using var response = await GetAsync($"/api/v1/lookup?word=w{i}");
                    return response.StatusCode;
                })
        );
        Assert.Contains(HttpStatusCode.InternalServerError, codes);
        Assert.Contains(HttpStatusCode.OK, codes);
    }

    [Fact]
    public async Task Quota_header_and_body_agree_until_they_are_made_not_to()
    {
        await fixture.World.ResetToPromotedAsync("REL-B3", null, Token);
        Assert.Equal(0, await MismatchesAsync());
        fixture.World.FaultOn(Faults.QuotaMismatch, 10);
        Assert.True(await MismatchesAsync() > 0);
        using var health = await GetAsync("/actuator/health");
        Assert.Contains("\"UP\"", await health.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        async Task<int> MismatchesAsync()
        {
            var found = 0;
            for (var i = 0; i < 50; i++)
            {
                using var response = await GetAsync("/api/v1/quota");
                using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
                found +=
                    response.Headers.GetValues("X-Quota-Used").Single()
                    == body.RootElement.GetProperty("used").ToString()
                        ? 0
                        : 1;
            }

            return found;
        }
    }

    [Fact]
    public async Task A_storm_refuses_some_lookups_and_says_by_which_limit()
    {
        await fixture.World.ResetToPromotedAsync("REL-B3", null, Token);
        fixture.World.FaultOn(Faults.Throttle, 10);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => GetAsync($"/api/v1/lookup?word=w{i}")));
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("300", refused.Headers.GetValues("X-RateLimit-Limit").Single());
        Assert.Contains("RATE_LIMITED", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        await fixture.World.TypeAsync(
            "lin",
            ["configctl", "feature", "set", Flags.UserRpm, "150", "--env", "prod"],
            Token
        );
        var later = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => GetAsync($"/api/v1/lookup?word=w{i}")));
        Assert.All(
            later,
            a =>
                Assert.Equal(
                    (HttpStatusCode.OK, "150"),
                    (a.StatusCode, a.Headers.GetValues("X-RateLimit-Limit").Single())
                )
        );
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var client = new HttpClient();
        return await client.GetAsync(new Uri(fixture.World.Control, path), Token);
    }
}
