using System.Globalization;

namespace Symphony.Probes.Rows;

/// <summary>Values of the types that PostgreSQL brings along (PostgreSQL manual, "Data Types").</summary>
internal static class BuiltInValues
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly string[] Small = ["1", "0", "2", "10", "100", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>A length is stored with the four bytes of its own header.</summary>
    private const int LengthHeader = 4;

    /// <param name="name">The type's name in pg_catalog; null for one of an extension or of the user's own making.</param>
    /// <param name="category"><c>pg_type.typcategory</c>.</param>
    /// <param name="modifier">The length or precision as the catalog codes it; -1 for none.</param>
    /// <param name="seed">Not negative.</param>
    public static IReadOnlyList<string> Of(string? name, string category, int modifier, int seed) =>
        name switch
        {
            "bool" => ["true", "false"],
            "int2" => [Number(1 + (seed % 32000)), .. Small, "-1"],
            "int4" or "int8" or "oid" or "xid" or "xid8" or "cid" or "regproc" or "regclass" or "regtype" =>
            [
                Number(1 + seed),
                .. Small,
                .. category == "N" && name[0] == 'i' ? ["-1"] : Array.Empty<string>(),
            ],
            "float4" or "float8" => [Number(1 + seed), "1", "0", "0.5", "-1", "100"],
            "money" => [Number(1 + seed), "1", "0", "-1"],
            "numeric" => Numerics(modifier, seed),
            "text" or "varchar" or "bpchar" or "name" or "char" => Texts(name, modifier, seed),
            "uuid" => [string.Create(CultureInfo.InvariantCulture, $"5a3f0e1c-0000-4000-8000-{seed:x12}")],
            "bytea" =>
            [
                string.Create(CultureInfo.InvariantCulture, $"\\x{seed:x8}"),
                "\\x",
                "\\x" + new string('0', 64),
            ],
            "date" => [Day(seed), "2020-01-01", "1970-01-01", "2099-12-31"],
            "timestamp" => [Moment(seed), "2020-01-01 00:00:00", "1970-01-01 00:00:00", "2099-12-31 00:00:00"],
            "timestamptz" =>
            [
                Moment(seed) + "+00",
                "2020-01-01 00:00:00+00",
                "1970-01-01 00:00:00+00",
                "2099-12-31 00:00:00+00",
            ],
            "time" => [TimeOfDay(seed), "00:00:00", "23:59:59"],
            "timetz" => [TimeOfDay(seed) + "+00", "00:00:00+00"],
            "interval" => [Number(1 + seed) + " seconds", "1 day", "0", "1 year", "-1 day"],
            "json" or "jsonb" => ["{}", "[]", "\"a\"", "1", "true", "null"],
            "jsonpath" => ["$"],
            "xml" => ["<symphony/>", ""],
            "inet" => [Address(seed), "10.0.0.1", "::1"],
            "cidr" => [Address(seed) + "/32", "10.0.0.0/8"],
            "macaddr" => [string.Create(CultureInfo.InvariantCulture, $"02:00:{Bytes(seed, 4, ":")}")],
            "macaddr8" => [string.Create(CultureInfo.InvariantCulture, $"02:00:00:00:{Bytes(seed, 4, ":")}")],
            "bit" => [Bits(modifier < 0 ? 1 : modifier, seed), Bits(modifier < 0 ? 1 : modifier, 0)],
            "varbit" => [Bits(modifier < 0 ? 32 : modifier, seed), ""],
            "point" => [$"({Number(seed)},0)"],
            "lseg" => [$"[({Number(seed)},0),({Number(seed)},1)]"],
            "path" => [$"[({Number(seed)},0),({Number(seed)},1)]"],
            "box" => [$"({Number(seed)},1),({Number(seed)},0)"],
            "polygon" => [$"(({Number(seed)},0),({Number(seed)},1),({Number(seed + 1)},0))"],
            "circle" => [$"<({Number(seed)},0),1>"],
            "line" => [$"{{1,0,{Number(seed)}}}"],
            "tsvector" => [$"'s{Number(seed)}'", ""],
            "tsquery" => [$"'s{Number(seed)}'"],
            "pg_lsn" => [string.Create(CultureInfo.InvariantCulture, $"0/{seed:X}")],
            "tid" => [$"({Number(seed)},1)"],
            "txid_snapshot" or "pg_snapshot" => ["1:1:"],
            "int2vector" or "oidvector" => [Number(seed % 32000)],
            _ => [Text(seed, int.MaxValue), "a", "1", "0", "{}", "(0,0)", ""],
        };

    /// <summary>Text of at most <paramref name="length"/> characters; where there is little room, the seed's last digits.</summary>
    public static string Text(int seed, int length)
    {
        var number = "";
        for (var left = seed; left > 0 || number.Length == 0; left /= Digits.Length)
        {
            number = Digits[left % Digits.Length] + number;
        }

        var text = "symphony-" + number;
        return text.Length <= length ? text
            : number.Length < length ? "s" + number
            : number[^Math.Min(length, number.Length)..];
    }

    private static IReadOnlyList<string> Texts(string name, int modifier, int seed)
    {
        var length =
            name == "char" ? 1
            : name == "name" ? 63
            : modifier >= LengthHeader ? modifier - LengthHeader
            : int.MaxValue;
        return
        [
            .. new[] { Text(seed, length), "a", "A", "1", "0", "aa", "AAA", "" }.Where(text => text.Length <= length),
        ];
    }

    /// <summary>A modifier of numeric holds precision and scale in sixteen bits each, the scale signed.</summary>
    private static IReadOnlyList<string> Numerics(int modifier, int seed)
    {
        if (modifier < LengthHeader)
        {
            return [Number(1 + seed), "1", "0", "0.5", "-1", "100"];
        }

        var precision = ((modifier - LengthHeader) >> 16) & 0xffff;
        var scale = (((modifier - LengthHeader) & 0x7ff) ^ 1024) - 1024;
        var whole = precision - scale;
        if (whole <= 0)
        {
            return ["0", "0." + new string('0', Math.Max(0, scale - 1)) + "1"];
        }

        var room = whole >= 9 ? 1_000_000_000 : (int)Math.Pow(10, whole);
        return [Number((1 + seed) % room), "1", "0", scale > 0 ? "0.5" : "2", "-1"];
    }

    private static string Bits(int length, int seed) =>
        new([
            .. Enumerable
                .Range(0, length)
                .Select(i => length - 1 - i < 31 && ((seed >> (length - 1 - i)) & 1) == 1 ? '1' : '0'),
        ]);

    private static string Bytes(int seed, int count, string separator) =>
        string.Join(
            separator,
            Enumerable
                .Range(0, count)
                .Select(i => ((seed >> (8 * (count - 1 - i))) & 0xff).ToString("x2", CultureInfo.InvariantCulture))
        );

    private static string Address(int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"10.{(seed >> 16) & 0xff}.{(seed >> 8) & 0xff}.{seed & 0xff}");

    private static string Day(int seed) =>
        new DateOnly(2020, 1, 1).AddDays(seed).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(int seed) =>
        new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            .AddMinutes(seed)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string TimeOfDay(int seed) =>
        TimeSpan.FromSeconds(seed % 86_400).ToString("c", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
