using System.Text.Json;
using Npgsql;

namespace Symphony.Catalog;

/// <content>Reading the normal forms of expressions.</content>
public sealed partial class CatalogSession
{
    /// <summary>
    /// Asks the server for the normal forms that judging wants. All of them in one round trip; only when the server
    /// refuses one are they asked one by one, each behind a savepoint, because a refusal ends the transaction.
    /// </summary>
    /// <exception cref="UnobservedException">The connection was lost, or a time limit was reached.</exception>
    public async Task ReadFormsAsync(ExpressionForms forms, CancellationToken cancel)
    {
        var wanted = forms
            .Wanted.OrderBy(e => e.Relation.ToString(), StringComparer.Ordinal)
            .ThenBy(e => e.Text, StringComparer.Ordinal)
            .ToList();
        try
        {
            var casts = await ReadCastsAsync(wanted, cancel);
            foreach (var expression in wanted.Where(casts.MayRunIn))
            {
                forms.Add(expression, UserCasts.Refusal);
            }

            wanted.RemoveAll(casts.MayRunIn);
            if (wanted.Count > 0 && !await TryReadFormsAsync(wanted, forms, cancel))
            {
                foreach (var expression in wanted)
                {
                    await TryReadFormsAsync([expression], forms, cancel);
                }
            }
        }
        catch (NpgsqlException failure)
        {
            throw await DescribeAsync("the server's normal form of expressions", failure, cancel);
        }
    }

    private async Task<UserCasts> ReadCastsAsync(IReadOnlyList<RelationExpression> wanted, CancellationToken cancel)
    {
        var relations = wanted.Select(expression => Subject.Of(expression.Relation)).Distinct().ToList();
        var query = new FactQuery("casts", VersionedSql.ReadResource("Catalog/casts.sql"), relations);
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(Command(query.Sql, [.. query.Parameters.Take(2)]));
        var found = new List<(string Type, ObjectName? Relation)>();
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            found.Add(
                (reader.GetString(0), Text(reader, 1) is { } schema ? new ObjectName(schema, Text(reader, 2)!) : null)
            );
        }

        return new UserCasts(found);
    }

    private async Task<bool> TryReadFormsAsync(
        IReadOnlyList<RelationExpression> wanted,
        ExpressionForms forms,
        CancellationToken cancel
    )
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SAVEPOINT expressions"));
        foreach (var expression in wanted)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ExpressionForms.ExplainSql(expression)));
        }

        var read = new List<NormalForm>();
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            do
            {
                if (await reader.ReadAsync(cancel))
                {
                    var plan = reader.GetString(0);
                    // How many rows a function gives is estimated from its arguments, an age among them.
                    _mayKnowAges |= plan.Contains("ProjectSet", StringComparison.Ordinal);
                    read.Add(new NormalForm(FormOf(plan), null, null));
                }
            } while (await reader.NextResultAsync(cancel));
        }
        catch (PostgresException refused) when (!ConnectionFailures.IsLimit(refused))
        {
            // What it did until then is not known.
            _mayKnowAges = true;
            await ExecuteAsync("ROLLBACK TO SAVEPOINT expressions", cancel);
            if (wanted is [var only])
            {
                forms.Add(only, new NormalForm(null, refused.MessageText, refused.SqlState));
            }

            return wanted.Count == 1;
        }

        for (var i = 0; i < wanted.Count; i++)
        {
            forms.Add(wanted[i], read[i]);
        }

        return true;
    }

    /// <summary>The plan's only output column.</summary>
    private static string FormOf(string plan)
    {
        using var document = JsonDocument.Parse(plan);
        return document.RootElement[0].GetProperty("Plan").GetProperty("Output")[0].GetString()!;
    }
}
