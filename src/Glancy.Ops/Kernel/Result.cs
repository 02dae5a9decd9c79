using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Glancy.Ops.Kernel;

/// <summary>What was asked for, or why there is none: always one of the two, and never both.</summary>
public abstract record Result<T>
{
    private Result() { }

    /// <summary>It is there.</summary>
    public sealed record Ok(T Value) : Result<T>;

    /// <summary>A rule says no.</summary>
    public sealed record Refused(Refusal Why) : Result<T>;

    /// <summary>Nobody can say now (rule 9): it is not yes, and it is not no.</summary>
    public sealed record Unknown(Refusal Why) : Result<T>;

    /// <summary>Whether it is there; where it is not, why.</summary>
    public bool Has([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? why)
    {
        (var has, value, why) = this switch
        {
            Ok ok => (true, ok.Value, default(Refusal)),
            Refused refused => (false, default(T), refused.Why),
            Unknown unknown => (false, default, unknown.Why),
            _ => throw new UnreachableException(),
        };
        return has;
    }

    /// <summary>Something made of it, where it is there; unknown stays unknown.</summary>
    public Result<TOther> Then<TOther>(Func<T, TOther> made) =>
        this switch
        {
            Ok ok => made(ok.Value),
            Refused refused => refused.Why,
            Unknown unknown => new Result<TOther>.Unknown(unknown.Why),
            _ => throw new UnreachableException(),
        };

    public static implicit operator Result<T>(T value) => new Ok(value);

    public static implicit operator Result<T>(Refusal why) => new Refused(why);
}

/// <summary>What is often asked of a result.</summary>
public static class ResultExtensions
{
    /// <summary>It, for whom a reason does not matter; null where it is not there.</summary>
    public static T? OrNull<T>(this Result<T> result)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Has(out var value, out _) ? value : null;
    }

    /// <summary>Why it is not there; null where it is.</summary>
    public static Refusal? WhyNot<T>(this Result<T> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Has(out _, out var why) ? null : why;
    }
}
