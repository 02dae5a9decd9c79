using Glancy.Ops.Procedures.Engine;

namespace Glancy.Ops.Tests.Toy;

/// <summary>Death at one place, once; null lets live and only notes the places.</summary>
internal sealed class KilledAt(string? place) : IKillPoints
{
    private readonly List<string> passed = [];

    public IReadOnlyList<string> Passed => passed;

    public bool Died { get; private set; }

    public void Reach(string transition)
    {
        if (!passed.Contains(transition))
        {
            passed.Add(transition);
        }

        if (transition == place && !Died)
        {
            Died = true;
            throw new KilledException();
        }
    }
}

/// <summary>The process is gone.</summary>
internal sealed class KilledException : Exception;
