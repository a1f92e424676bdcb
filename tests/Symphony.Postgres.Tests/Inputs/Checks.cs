using System.Text.Json;

namespace Symphony.Postgres.Tests.Inputs;

/// <summary>A check of a bundle, read by the tests.</summary>
internal static class Checks
{
    public static string Verdict(this JsonElement document) => document.Text("verdict")!;

    public static string? Text(this JsonElement document, string member) => document.GetProperty(member).GetString();

    public static string? SqlState(this JsonElement check) => check.GetProperty("error").Text("sqlstate");

    /// <summary>Subject and verdict of each, as "public.t FAIL".</summary>
    public static IReadOnlyList<string> Verdicts(this IEnumerable<JsonElement> checks) =>
        [.. checks.Select(check => $"{check.Text("subject") ?? "rule"} {check.Verdict()}")];

    /// <summary>Fails, with what was printed, when the run is not an observation that failed: exit code 2 and ERROR evidence.</summary>
    public static void IsUnobserved(this Workspace workspace, CliRun run, string? sqlState)
    {
        Assert.True(run.Exit == Cli.ExitCode.Unobserved, run.All);
        var bundle = workspace.Bundle();
        Assert.Equal("ERROR", bundle.Verdict());
        Assert.NotEmpty(bundle.GetProperty("error").Text("message")!);
        Assert.Equal(sqlState, bundle.GetProperty("error").Text("sqlstate"));
        var errors = workspace.Checks().Where(check => check.Verdict() == "ERROR").ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, check => Assert.NotEmpty(check.Text("next")!));
        Assert.Contains(errors, check => check.SqlState() == sqlState);
    }

    /// <summary>Fails when a person is not told what was expected, what was found and what to do.</summary>
    public static void IsTold(this CliRun run, string problem, string found, string next)
    {
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Contains("  expected  ", run.Error, StringComparison.Ordinal);
        Assert.Contains("  found     ", run.Error, StringComparison.Ordinal);
        Assert.Contains(found, run.Error, StringComparison.Ordinal);
        Assert.Contains("  next      ", run.Error, StringComparison.Ordinal);
        Assert.Contains(next, run.Error, StringComparison.Ordinal);
    }
}
