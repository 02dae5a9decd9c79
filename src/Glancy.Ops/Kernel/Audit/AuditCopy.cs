using System.Text.Unicode;

namespace Glancy.Ops.Kernel.Audit;

/// <summary>
/// Whether the copy that is searched says what the hashed body says, for bodies as they are written: byte by byte,
/// without making a document of either. What is written in another way is left to who reads documents.
/// </summary>
internal ref struct AuditCopy
{
    private const int Most = 16;

    private readonly ReadOnlySpan<byte> body;
    private int at;

    private AuditCopy(ReadOnlySpan<byte> body) => this.body = body;

    /// <summary>
    /// True when the body is an event of the given time and the copy is the same. False says nothing: both have to be
    /// read.
    /// </summary>
    /// <param name="copy">As PostgreSQL writes jsonb: the short names first.</param>
    /// <param name="written">The row's time, as the body writes it.</param>
    public static bool IsSurelySame(ReadOnlySpan<byte> body, ReadOnlySpan<byte> copy, ReadOnlySpan<byte> written)
    {
        // Without escapes both write a text alike, and a quote is always the end of one.
        if (body.Contains((byte)'\\') || body.IndexOfAnyInRange((byte)0, (byte)0x1f) >= 0 || !Utf8.IsValid(body))
        {
            return false;
        }

        Span<Member> outer = stackalloc Member[Most];
        Span<Member> inner = stackalloc Member[Most];
        var reading = new AuditCopy(body);
        return reading.Members(outer, inner, out var members, out var below)
            && reading.at == body.Length
            && IsEvent(body, outer[..members], written)
            && Take(body, outer[..members], inner[..below], ref copy)
            && copy.IsEmpty;
    }

    private static bool IsEvent(ReadOnlySpan<byte> body, ReadOnlySpan<Member> members, ReadOnlySpan<byte> written)
    {
        var found = 0;
        foreach (var member in members)
        {
            var name = member.Name(body);
            if (member.IsObject)
            {
                if (!name.SequenceEqual("detail"u8))
                {
                    return false;
                }

                continue;
            }

            var value = member.Value(body);
            if (name.SequenceEqual("detail"u8))
            {
                return false;
            }

            var counts =
                name.SequenceEqual("actor"u8) || name.SequenceEqual("action"u8)
                    ? value.Length > 0
                    : name.SequenceEqual("at"u8) && value.SequenceEqual(written);
            found += counts ? 1 : 0;
        }

        return found == 3;
    }

    // Takes the members away from the front of the copy, where they are alike.
    private static bool Take(
        ReadOnlySpan<byte> body,
        scoped Span<Member> members,
        scoped Span<Member> inner,
        ref ReadOnlySpan<byte> copy
    )
    {
        Sort(body, members);
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            if (
                !Take(i == 0 ? "{"u8 : ", "u8, ref copy)
                || !Take(member.Name(body, quotes: 1), ref copy)
                || !Take(": "u8, ref copy)
                || !(member.IsObject ? Take(body, inner, [], ref copy) : Take(member.Value(body, quotes: 1), ref copy))
            )
            {
                return false;
            }
        }

        return Take("}"u8, ref copy);
    }

    private static bool Take(ReadOnlySpan<byte> wanted, ref ReadOnlySpan<byte> copy)
    {
        if (!copy.StartsWith(wanted))
        {
            return false;
        }

        copy = copy[wanted.Length..];
        return true;
    }

    // By length, then by bytes; they come by bytes, so that equal lengths stay as they are.
    private static void Sort(ReadOnlySpan<byte> body, scoped Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            var (member, place) = (members[i], i);
            var length = member.Name(body).Length;
            for (; place > 0 && members[place - 1].Name(body).Length > length; place--)
            {
                members[place] = members[place - 1];
            }

            members[place] = member;
        }
    }

    // Texts, and objects of texts; names in ascending order, so that none comes twice.
    private bool Members(scoped Span<Member> members, scoped Span<Member> inner, out int count, out int below)
    {
        (count, below) = (0, 0);
        if (!Next((byte)'{'))
        {
            return false;
        }

        do
        {
            if (count == members.Length || !Text(out var name, out var nameEnd) || !Next((byte)':'))
            {
                return false;
            }

            var member = new Member(name, nameEnd, 0, -1);
            if (count > 0 && members[count - 1].Name(body).SequenceCompareTo(member.Name(body)) >= 0)
            {
                return false;
            }

            if (at < body.Length && body[at] == (byte)'{')
            {
                // One object is all that an event has.
                if (below > 0 || !Members(inner, [], out below, out _) || below == 0)
                {
                    return false;
                }
            }
            else if (Text(out var value, out var valueEnd))
            {
                member = member with { ValueAt = value, ValueEnd = valueEnd };
            }
            else
            {
                return false;
            }

            members[count++] = member;
        } while (Next((byte)','));

        return Next((byte)'}');
    }

    private bool Text(out int from, out int to)
    {
        (from, to) = (at + 1, at);
        if (!Next((byte)'"'))
        {
            return false;
        }

        var length = body[at..].IndexOf((byte)'"');
        to = at + length;
        at = to + 1;
        return length >= 0;
    }

    private bool Next(byte wanted)
    {
        if (at >= body.Length || body[at] != wanted)
        {
            return false;
        }

        at++;
        return true;
    }

    private readonly record struct Member(int NameAt, int NameEnd, int ValueAt, int ValueEnd)
    {
        public bool IsObject => ValueEnd < 0;

        public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> body, int quotes = 0) =>
            body[(NameAt - quotes)..(NameEnd + quotes)];

        public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> body, int quotes = 0) =>
            body[(ValueAt - quotes)..(ValueEnd + quotes)];
    }
}
