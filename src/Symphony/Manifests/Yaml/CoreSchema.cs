namespace Symphony.Manifests.Yaml;

/// <summary>Tag resolution of plain scalars: YAML 1.2.2, section 10.3.2.</summary>
internal static class CoreSchema
{
    public static YamlScalarKind KindOf(ReadOnlySpan<char> text)
    {
        // Most scalars are words, and a word's first letter already says that it is nothing else.
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => YamlScalarKind.Null,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => YamlScalarKind.Boolean,
            ['+' or '-' or '.' or (>= '0' and <= '9'), ..] => NumberKind(text),
            _ => YamlScalarKind.Text,
        };
    }

    private static YamlScalarKind NumberKind(ReadOnlySpan<char> text)
    {
        if (text is ['0', 'o', .. var octal])
        {
            return AllOf(octal, digit => digit is >= '0' and <= '7') ? YamlScalarKind.Integer : YamlScalarKind.Text;
        }

        if (text is ['0', 'x', .. var hex])
        {
            return AllOf(hex, char.IsAsciiHexDigit) ? YamlScalarKind.Integer : YamlScalarKind.Text;
        }

        if (text is ".nan" or ".NaN" or ".NAN")
        {
            return YamlScalarKind.Float;
        }

        var unsigned = text is ['+' or '-', .. var rest] ? rest : text;
        if (unsigned is ".inf" or ".Inf" or ".INF")
        {
            return YamlScalarKind.Float;
        }

        if (AllOf(unsigned, char.IsAsciiDigit))
        {
            return YamlScalarKind.Integer;
        }

        return IsDecimal(unsigned) ? YamlScalarKind.Float : YamlScalarKind.Text;
    }

    /// <summary><c>( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?</c></summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var exponentAt = text.IndexOfAny('e', 'E');
        if (exponentAt >= 0)
        {
            var exponent = text[(exponentAt + 1)..];
            if (!AllOf(exponent is ['+' or '-', .. var digits] ? digits : exponent, char.IsAsciiDigit))
            {
                return false;
            }

            text = text[..exponentAt];
        }

        var point = text.IndexOf('.');
        if (point < 0)
        {
            return AllOf(text, char.IsAsciiDigit);
        }

        var whole = text[..point];
        var fraction = text[(point + 1)..];
        return whole.Length + fraction.Length > 0
            && (whole.IsEmpty || AllOf(whole, char.IsAsciiDigit))
            && (fraction.IsEmpty || AllOf(fraction, char.IsAsciiDigit));
    }

    /// <summary>Numbers are short: vectorised searches would cost more to compile than they save.</summary>
    private static bool AllOf(ReadOnlySpan<char> text, Func<char, bool> isAllowed)
    {
        foreach (var character in text)
        {
            if (!isAllowed(character))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }
}
