using Symphony.Catalog;
using Symphony.Sql.Bodies;

namespace Symphony.Kinds;

/// <summary>Where the names in a function's body may mean something else than the built-in things they look like.</summary>
/// <param name="Settings">Of databases and roles: those that name pg_catalog after other schemas.</param>
/// <param name="Schemas">The schemas that such a path names, by name.</param>
public sealed record SearchPaths(
    IReadOnlyList<SearchPathSetting> Settings,
    IReadOnlyDictionary<string, EarlySchema> Schemas
)
{
    private const string Catalog = "pg_catalog";

    /// <summary>
    /// Whether something may stand before what a body names: its function's own search_path decides, and without one
    /// those of databases and roles. pg_catalog comes first by itself unless a path names it later.
    /// </summary>
    /// <returns>What is in doubt, as a sentence; null when nothing is.</returns>
    public string? Doubt(string function, string? ownPath, string body)
    {
        if (ownPath is null && Settings.Count == 0)
        {
            return null;
        }

        var names = ResolvedNames.Of(body);
        return ownPath is not null
            ? Doubt(function, $"the search_path of {function}", ownPath, names)
            : Settings
                .Select(setting =>
                    Doubt(function, $"the search_path set by {setting.Command}", setting.SearchPath, names)
                )
                .FirstOrDefault(doubt => doubt is not null);
    }

    /// <summary>What takes the doubt away, as a sentence.</summary>
    public static string Next(string function) =>
        $"Put pg_catalog first: ALTER FUNCTION {ObjectName.Parse(function).ToSql()}() SET search_path = pg_catalog, pg_temp, with the schemas it needs between them.";

    /// <summary>The entries of a search_path as settings hold it: names, in double quotes where they need them.</summary>
    public static IReadOnlyList<string> Split(string path)
    {
        var entries = new List<string>();
        for (var at = 0; at < path.Length; )
        {
            if (path[at] is ',' or ' ')
            {
                at++;
                continue;
            }

            var start = at;
            if (path[at] == '"')
            {
                do
                {
                    at = path.IndexOf('"', at + 1) is var quote and >= 0 ? quote + 1 : path.Length;
                } while (at < path.Length && path[at] == '"');
                entries.Add(
                    path[(start + 1)..Math.Max(start + 1, at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal)
                );
                continue;
            }

            at = path.IndexOf(',', at) is var comma and >= 0 ? comma : path.Length;
            // As the server reads it: a name without quotes is in small letters, whatever was written.
            entries.Add(path[start..at].Trim().ToLowerInvariant());
        }

        return entries;
    }

    private string? Doubt(string function, string where, string path, ResolvedNames names)
    {
        var entries = Split(path).ToList();
        foreach (var schema in entries.Take(Math.Max(0, entries.IndexOf(Catalog))))
        {
            if (!Schemas.TryGetValue(schema, out var early))
            {
                continue;
            }

            if (early.Names.FirstOrDefault(names.Includes) is { } hidden)
            {
                return $"{function} names {hidden}, and {where} puts {schema}, which has one of that name, before {Catalog}.";
            }

            if (early.Open && names.Any)
            {
                return $"{function} names built-in things, and {where} puts {schema}, where everyone may create, before {Catalog}.";
            }
        }

        return null;
    }
}

/// <param name="Command">The command that made it, up to SET.</param>
public sealed record SearchPathSetting(string Command, string SearchPath);

/// <param name="Open">Whether PUBLIC may create in it.</param>
/// <param name="Names">What it has under a built-in name: functions with (), operators, types.</param>
public sealed record EarlySchema(bool Open, IReadOnlyList<string> Names);
