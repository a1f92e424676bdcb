using System.Text;

namespace Symphony.Probes.Rows;

/// <summary>
/// A text that a regular expression of PostgreSQL matches (manual, "POSIX Regular Expressions"), for the patterns that
/// checks are made of: classes, groups, alternatives, repetition, anchors. Only a guess: the server has the last word.
/// </summary>
internal sealed class RegexSample
{
    private const int LongestSample = 4096;

    private readonly string _pattern;
    private int _at;

    /// <summary>What is left of the seed: each character that may be one of several takes its part of it.</summary>
    private int _seed;

    private RegexSample(string pattern, int seed) => (_pattern, _seed) = (pattern, seed);

    /// <summary>Null where the pattern is not understood.</summary>
    /// <param name="seed">Another one gives another text, where the pattern leaves room.</param>
    public static string? Of(string pattern, int seed = 0)
    {
        var sample = new RegexSample(pattern, seed);
        try
        {
            var text = sample.Alternatives();
            return sample._at == pattern.Length ? text : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private char Current => _at < _pattern.Length ? _pattern[_at] : '\0';

    /// <summary>The first alternative; the others are only read.</summary>
    private string Alternatives()
    {
        var first = Sequence();
        while (Current == '|')
        {
            _at++;
            Sequence();
        }

        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && Current is not ('|' or ')'))
        {
            var start = _at;
            var atom = Atom();
            var end = _at;
            var times = Repetition();
            var next = _at;
            text.Append(times > 0 ? atom : "");
            for (var again = 1; again < times; again++)
            {
                // Read again, for another part of the seed.
                _at = start;
                text.Append(Atom());
                if (text.Length > LongestSample || _at != end)
                {
                    throw new FormatException("The sample is too long.");
                }
            }

            _at = next;
        }

        return text.ToString();
    }

    private string Atom()
    {
        var character = _pattern[_at++];
        return character switch
        {
            '^' or '$' => "",
            '.' => Pick([('a', 'z')]),
            '(' => Group(),
            '[' => Class(),
            '\\' => Escape(),
            '*' or '+' or '?' => throw new FormatException("There is nothing to repeat."),
            _ => character.ToString(),
        };
    }

    private string Group()
    {
        if (Current == '?')
        {
            _at++;
            if (Current is '=' or '!' or '<')
            {
                throw new FormatException("What stands ahead or behind is not looked for.");
            }

            Expect(':');
        }

        var text = Alternatives();
        Expect(')');
        return text;
    }

    private string Escape()
    {
        var character = _at < _pattern.Length ? _pattern[_at++] : throw new FormatException("A lone backslash.");
        return character switch
        {
            'd' => Pick([('0', '9')]),
            'w' => Pick([('a', 'z')]),
            's' => " ",
            'D' or 'S' => "a",
            'W' => "-",
            'A' or 'Z' or 'm' or 'M' or 'y' or 'Y' => "",
            't' => "\t",
            'n' => "\n",
            _ when char.IsAsciiLetterOrDigit(character) => throw new FormatException("An escape of another sort."),
            _ => character.ToString(),
        };
    }

    /// <summary>A character that the brackets stand for; between [^ and ], one that they do not name.</summary>
    private string Class()
    {
        var isNegated = Current == '^';
        _at += isNegated ? 1 : 0;
        var start = _at;
        var named = new List<(char From, char To)>();
        while (Current != ']' || _at == start)
        {
            if (_at >= _pattern.Length)
            {
                throw new FormatException("The bracket is not closed.");
            }

            named.AddRange(Member());
        }

        _at++;
        const string ordinary = "a0A-_ b1B.@/:é";
        return isNegated
            ? ordinary
                .First(character => !named.Exists(range => character >= range.From && character <= range.To))
                .ToString()
            : Pick(named);
    }

    private string Pick(List<(char From, char To)> named)
    {
        var (from, to) = named[0];
        var size = Math.Max(1, to - from + 1);
        var character = (char)(from + (_seed % size));
        _seed /= size;
        return character.ToString();
    }

    private (char From, char To)[] Member()
    {
        if (Current == '[' && _at + 1 < _pattern.Length && _pattern[_at + 1] == ':')
        {
            var end = _pattern.IndexOf(":]", _at, StringComparison.Ordinal);
            var name = end < 0 ? throw new FormatException("A class without end.") : _pattern[(_at + 2)..end];
            _at = end + 2;
            return Named(name);
        }

        if (Current == '\\')
        {
            _at++;
            var escaped = Escape();
            return _pattern[_at - 1] switch
            {
                'd' => Named("digit"),
                'w' => [.. Named("alnum"), ('_', '_')],
                's' => Named("space"),
                _ => [(escaped[0], escaped[0])],
            };
        }

        var from = _pattern[_at++];
        if (Current != '-' || _at + 1 >= _pattern.Length || _pattern[_at + 1] == ']')
        {
            return [(from, from)];
        }

        _at++;
        return [(from, _pattern[_at++])];
    }

    private static (char From, char To)[] Named(string name) =>
        name switch
        {
            "alpha" => [('a', 'z'), ('A', 'Z')],
            "lower" => [('a', 'z')],
            "upper" => [('A', 'Z')],
            "digit" => [('0', '9')],
            "xdigit" => [('0', '9'), ('a', 'f'), ('A', 'F')],
            "alnum" => [('a', 'z'), ('A', 'Z'), ('0', '9')],
            "space" or "blank" => [(' ', ' '), ('\t', '\r')],
            "punct" => [('-', '-'), ('!', '/')],
            "graph" or "print" => [('a', 'z'), ('!', '~')],
            _ => throw new FormatException("A class of another name."),
        };

    /// <summary>How often the atom before is written: as seldom as allowed, and once where that would be never.</summary>
    private int Repetition()
    {
        var times = 1;
        switch (Current)
        {
            case '*' or '+' or '?':
                _at++;
                break;
            case '{':
                var end = _pattern.IndexOf('}', _at);
                if (
                    end < 0
                    || !int.TryParse(_pattern[(_at + 1)..end].Split(',')[0], out times)
                    || times > LongestSample
                )
                {
                    throw new FormatException("A bound of another sort.");
                }

                _at = end + 1;
                break;
            default:
                return 1;
        }

        _at += Current == '?' ? 1 : 0;
        return times;
    }

    private void Expect(char character)
    {
        if (Current != character)
        {
            throw new FormatException($"A {character} is missing.");
        }

        _at++;
    }
}
