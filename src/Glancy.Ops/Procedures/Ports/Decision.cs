using System.Collections.Concurrent;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>
/// One decision, from the question to its answer. What it looks at it looks at once: its guards, its terms and whether
/// a light is still red all rest on the same reading.
/// </summary>
public sealed class Decision
{
    private readonly ConcurrentDictionary<Type, Lazy<Task>> looked = new();

    /// <summary>What was read when it was first asked for.</summary>
    /// <typeparam name="T">What is read; there is one of a type.</typeparam>
    public Task<T> OnceAsync<T>(Func<Task<T>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return (Task<T>)looked.GetOrAdd(typeof(T), _ => new Lazy<Task>(read)).Value;
    }
}
