using Symphony.Linting.Trials;
using Symphony.Migrations;

namespace Symphony.Linting.Rules;

/// <summary>How much a finding matters. Both count for the exit code.</summary>
public enum LintSeverity
{
    /// <summary>It stops writers, breaks the version before, or takes a guarantee away.</summary>
    Error,

    /// <summary>It does so under circumstances that the trial cannot see: much data, many writers.</summary>
    Warning,
}

/// <summary>
/// Something that a migration must not do, judged by what it did. A rule is one file: the condition, its effect, the
/// safe way, and a bad and a good example that the tests run.
/// </summary>
public abstract class LintRule
{
    /// <summary>Lower-case words with hyphens: what waivers name.</summary>
    public abstract string Id { get; }

    public virtual LintSeverity Severity => LintSeverity.Error;

    /// <summary>What is found, in one sentence.</summary>
    public abstract string Condition { get; }

    /// <summary>What happens to those who use the database meanwhile.</summary>
    public abstract string Effect { get; }

    /// <summary>How to reach the same end.</summary>
    public abstract string SafeWay { get; }

    public abstract LintExample Bad { get; }

    public abstract LintExample Good { get; }

    public abstract IEnumerable<Finding> Judge(FileTrial trial);

    /// <param name="about">The object's name, quoted as SQL needs it.</param>
    protected Finding Found(StatementTrial trial, string about, string message, string? remedy = null) =>
        Found(trial.Statement, about, message, remedy);

    /// <param name="about">The object's name, quoted as SQL needs it.</param>
    protected Finding Found(SqlStatement statement, string about, string message, string? remedy = null) =>
        new(this, statement, about, message, remedy ?? SafeWay);
}

/// <summary>A migration on top of a schema.</summary>
/// <param name="Schema">SQL of the migrations before it.</param>
/// <param name="Migration">The migration.</param>
public sealed record LintExample(string Schema, string Migration);

/// <summary>A rule that a statement breaks.</summary>
/// <param name="About">The object that it is about.</param>
/// <param name="Message">What the statement did.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record Finding(LintRule Rule, SqlStatement Statement, string About, string Message, string Remedy);
