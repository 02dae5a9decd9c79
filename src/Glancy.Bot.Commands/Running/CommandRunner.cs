using System.Data.Common;
using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Help;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Roster;
using Microsoft.Extensions.Logging;

namespace Glancy.Bot.Commands.Running;

/// <summary>The place a command comes from and its answer goes to: a terminal, later a chat.</summary>
public interface IChannel
{
    /// <summary>Who is speaking; a refusal when nobody may stand in for the named person.</summary>
    Identified Identify(string? standIn);

    /// <summary>
    /// What is said here stays on the operations host, so that personal data may be revealed to those allowed.
    /// </summary>
    bool AtHome => false;

    /// <summary>It can show a run going on, line by line; without it the answer is how things stand.</summary>
    bool StaysOpen => true;

    /// <summary>Where answers go.</summary>
    IReplies Replies(OutputOptions options);

    /// <summary>The answer that is a no: data where data is wanted, words for a person otherwise.</summary>
    Task RefuseAsync(Page page, RefusalData data, OutputOptions options, CancellationToken cancellationToken);
}

/// <summary>Somebody, or why nobody.</summary>
public sealed record Identified(Caller Caller, Refusal? Refusal);

/// <summary>
/// Takes one line from a channel to its answer. Unexpected trouble ends here: the log gets it all, the person a
/// reference.
/// </summary>
public sealed partial class CommandRunner(
    CommandBooks books,
    CommandGrammar grammar,
    Phrasebooks phrasebooks,
    CommandHandlers handlers,
    Permissions permissions,
    Revealing revealing,
    ILogger<CommandRunner> logger
)
{
    /// <summary>Runs words that a shell has split.</summary>
    /// <param name="culture">The asker's, when known; the person's own language otherwise.</param>
    /// <param name="gone">Cancelled when the asker has left.</param>
    public Task<ExitCode> RunAsync(
        IReadOnlyList<string> argv,
        CultureInfo? culture,
        IChannel channel,
        CancellationToken gone,
        CancellationToken cancellationToken
    ) => RunAsync(grammar.Read(argv), culture, channel, gone, cancellationToken);

    /// <summary>Runs what the grammar has read.</summary>
    /// <param name="reading">What the grammar read.</param>
    public async Task<ExitCode> RunAsync(
        Reading reading,
        CultureInfo? culture,
        IChannel channel,
        CancellationToken gone,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(channel);
        var identified = channel.Identify(reading.OutputOptions.As);
        var asked = Language(reading.OutputOptions, culture, identified.Caller);
        var words = phrasebooks.In(asked.Has(out var language, out var unknownLanguage) ? language : culture);
        var may =
            reading is Reading.Understood { OutputOptions.Reveal: true } && identified.Refusal is null
                ? await revealing.MayAsync(identified.Caller, channel.AtHome, cancellationToken)
                : Revealed.Nothing;
        var masked = new MaskedChannel(
            channel,
            revealing.Masker(),
            revealing,
            identified.Caller,
            may,
            Line(reading),
            words
        );
        var refused = identified.Refusal ?? unknownLanguage ?? may.Refusal;
        var answer = refused is not null
            ? RefusalView.Answer(refused, words)
            : await AnswerAsync(reading, identified.Caller, words, masked, gone, cancellationToken);
        if (answer.Data is RefusalData data)
        {
            await masked.RefuseAsync(answer.Page, data, reading.OutputOptions, gone);
        }
        else if (!answer.IsShown)
        {
            await masked.Replies(reading.OutputOptions).PageAsync(answer.Page, answer.Data, gone);
        }

        await masked.EndAsync(cancellationToken);
        return answer.ExitCode;
    }

    private async Task<Answer> AnswerAsync(
        Reading reading,
        Caller caller,
        Phrasebook words,
        MaskedChannel channel,
        CancellationToken gone,
        CancellationToken cancellationToken
    )
    {
        switch (reading)
        {
            case Reading.HelpWanted help:
                return HelpAnswers.About(books.Current, help.Verbs, permissions.Held, words);
            case Reading.NotUnderstood not:
                return new Answer(UsageView.Page(not, words), RefusalView.Data(not.Refusal, words), not.ExitCode);
            case Reading.Understood understood:
                if (understood.Rewritten)
                {
                    await channel
                        .Replies(reading.OutputOptions)
                        .NoteAsync(words.Say("grammar.understood", Line(understood)), gone);
                }

                var spec = understood.Command.Spec;
                if (spec.Effect != Effect.Read && caller.Person is null)
                {
                    return RefusalView.Answer(new Refusal("unknown-person", "§1.1", caller.Login), words);
                }

                return await HandleAsync(
                    understood.Command,
                    new Invocation(spec, understood.Values, caller, words, channel.Replies(reading.OutputOptions), gone)
                    {
                        Follows = channel.StaysOpen,
                    },
                    cancellationToken
                );
            default:
                throw new ArgumentOutOfRangeException(nameof(reading));
        }
    }

    private async Task<Answer> HandleAsync(
        CommandRegistration command,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await RefusalAsync(invocation, cancellationToken) is { } refusal)
            {
                return RefusalView.Answer(refusal, invocation.Words);
            }

            return await handlers.Of(command).AnswerAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException)
            when (cancellationToken.IsCancellationRequested || invocation.Gone.IsCancellationRequested)
        {
            throw;
        }
        catch (DbException e)
        {
            LogDatabase(e, command.Spec.Verbs, invocation.Recorded);
            return RefusalView.Answer(Lost(e, invocation), invocation.Words);
        }
#pragma warning disable CA1031 // The one place where the unexpected ends: a person gets a reference, never a stack.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var reference = Guid.CreateVersion7().ToString("N")[^8..];
            LogUnexpected(e, command.Spec.Verbs, reference);
            return RefusalView.Answer(new Refusal("internal", "", reference), invocation.Words);
        }
    }

    // Asked before any work; the desk asks the same again once it knows what the word is about.
    private async Task<Refusal?> RefusalAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (spec, caller) = (invocation.Spec, invocation.Caller);
        var said = spec.Options.FirstOrDefault(o => o.Permission is not null && invocation.Values.Has(o.Name));
        return (said?.Permission ?? spec.Permission) is { } permission
            ? await permissions.AheadAsync(caller.Person, caller.Login, permission, cancellationToken)
            : PermissionRule.Unnamed(spec.Verbs);
    }

    // Whether something was recorded is only certain when it was told so, or when there was no connection in the first
    // place.
    private static Refusal Lost(DbException e, Invocation invocation)
    {
        if (invocation.Recorded)
        {
            return new Refusal("recorded-then-lost", "");
        }

        return new Refusal(
            invocation.Spec.Effect == Effect.Read || e.NeverConnected() ? "unreachable-database" : "database-lost",
            ""
        );
    }

    private static Result<CultureInfo?> Language(OutputOptions options, CultureInfo? culture, Caller caller) =>
        options.Language?.ToLowerInvariant() switch
        {
            null => culture ?? (caller.Person is { } person ? CultureInfo.GetCultureInfo(person.Language) : null),
            "zh" or "zh-cn" or "中文" => Phrasebooks.Chinese,
            "en" or "en-us" or "english" => Phrasebooks.English,
            var other => new Refusal("bad-language", "", other),
        };

    private static string Line(Reading reading) =>
        reading is Reading.Understood understood
            ? string.Join(' ', understood.Canonical.Select(Argv.Quoted).Prepend("glancy"))
            : "glancy";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database failed under {Verbs}; recorded: {Recorded}")]
    private partial void LogDatabase(Exception e, string verbs, bool recorded);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Verbs} failed; reference {Reference}")]
    private partial void LogUnexpected(Exception e, string verbs, string reference);
}
