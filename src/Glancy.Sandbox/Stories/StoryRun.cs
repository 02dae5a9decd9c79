using System.Diagnostics;
using System.Globalization;
using Glancy.Sandbox.Stories.Venues;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories;

/// <summary>Brings up a world for a story, plays it, and tells what came of it.</summary>
internal static class StoryRun
{
    // As a user's world goes; the long windows are passed in strides.
    private const double Rate = 6;

    /// <summary>Whether every claim came true.</summary>
    /// <exception cref="InvalidOperationException">The world did not come up.</exception>
    public static async Task<bool> PlayAsync(
        IStory story,
        StoryOptions options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        options = options with { Through = story.Only ?? options.Through };
        var watch = Stopwatch.StartNew();
        var world = await World.StartAsync(WorldFor(story, options), null, cancellationToken);
        world.Keep = true;
        try
        {
            var up = watch.Elapsed;
            var transcript = new Transcript(output, new WorldTime(world.Clock));
            var stage = StageOf(world, options, transcript);
            var (first, second) = (stage.Cast.First, stage.Cast.Second);
            var dies = story.KillAt(options.Seed) is { } at ? $"a replica dies at {at}" : "no replica dies";
            transcript.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Story '{story.Name}{(story.Variant is { } variant ? " " + variant : "")}', seed {options.Seed}"
                        + $"{(options.Through == Through.Slack ? ", through Slack" : "")}"
                        + $": {first.Id} ({first.Language}) and {second.Id} ({second.Language}); {dies}"
                )
            );
            await PlayAsync(story, stage, options.Sabotage, cancellationToken);
            world.Keep = transcript.Failed.Count > 0;
            End(stage, up, watch.Elapsed);
        }
        catch (OperationCanceledException)
        {
            world.Keep = false;
            throw;
        }
        finally
        {
            await world.DisposeAsync();
        }

        if (world.Keep)
        {
            await output.WriteLineAsync($"The world's folder remains: {world.Folder.Path} (bots: bot/*.log)");
        }

        return !world.Keep;
    }

    private static async Task PlayAsync(
        IStory story,
        Stage stage,
        string? sabotage,
        CancellationToken cancellationToken
    )
    {
        if (sabotage is not null)
        {
            stage.World.FaultOn(sabotage);
            stage.Transcript.Happens($"the fault {sabotage} is switched on");
        }

        try
        {
            // The watcher has looked once; from here on time runs as people type.
            await stage.World.SettleAsync(cancellationToken);
            await stage.World.SetRateAsync(Rate, cancellationToken);
            await story.PlayAsync(stage, cancellationToken);
            await stage.EndAsync(cancellationToken);
        }
        catch (StoryCutException cut)
        {
            stage.Transcript.Happens($"the story cannot go on: {cut.Message}");
            if (stage.Transcript.Failed.Count == 0)
            {
                stage.Transcript.Claim(false, cut.Message);
            }
        }
        catch (Exception trouble) when (trouble is TimeoutException or HttpRequestException or IOException)
        {
            stage.Transcript.Claim(false, "the world holds until the story's end", trouble.Message);
        }
    }

    private static WorldOptions WorldFor(IStory story, StoryOptions options) =>
        new(options.Folder)
        {
            Root = options.Root,
            BotDll = options.BotDll,
            Replicas = 2,
            Brief = true,
            Slack = options.Through == Through.Slack,
            Alerts = story.Alerts,
            Seed = options.Seed,
            Beginning = story.Beginning,
            MonthBefore = true,

            RollbackTakes = story.RollbackTakes,
            BotEnvironment = new Dictionary<string, string>
            {
                // The replicas share it, as one is to die and the other to go on, and soon.
                ["Glancy__KillFile"] = Stage.KillFileIn(Path.GetFullPath(options.Folder)),
                ["Glancy__RowLease"] = story.RowLease.ToString("c", CultureInfo.InvariantCulture),

                // One look in a minute is enough for windows of five.
                ["Glancy__WatchInterval"] = "00:01:00",
            },
        };

    private static Stage StageOf(World world, StoryOptions options, Transcript transcript)
    {
        var dll = BotCommand.Find(options.BotDll);
        var terminal = new Terminal(BotCommand.Of(dll)[0], dll, id => world.Folder.Replica(id).Socket, transcript);
        var cast = Cast.Of(options.Seed);
        IVenue venue =
            options.Through == Through.Slack ? new SlackVenue(world.Slack.Workspace, cast, transcript) : terminal;
        return new Stage(
            world,
            options.Seed,
            cast,
            venue,
            transcript,
            new ProductRecords(() => world.Databases.ProductOwner)
        );
    }

    private static void End(Stage stage, TimeSpan up, TimeSpan all)
    {
        var transcript = stage.Transcript;
        var failed = transcript.Failed;
        transcript.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\n{transcript.Claims - failed.Count} of {transcript.Claims} claims came true."
            )
        );
        foreach (var claim in failed)
        {
            transcript.Write($"  NOT TRUE: {claim}");
        }

        if (stage is { Red: { } red, Verified: { } verified })
        {
            transcript.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"From the first look to verified: {(verified.World - red.World).TotalMinutes:0.0} minutes of "
                        + $"the world, {Stopwatch.GetElapsedTime(red.Real, verified.Real).TotalSeconds:0} s of real "
                        + $"time."
                )
            );
        }

        transcript.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The world was up after {up.TotalSeconds:0} s; everything took {all.TotalSeconds:0} s."
            )
        );
    }

    private sealed class WorldTime(WorldClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.Now;
    }
}
