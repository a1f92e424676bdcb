using System.CommandLine;
using Symphony.Cli.Commands;
using Symphony.Cli.Commands.Doctor;
using Symphony.Cli.Commands.Gate;
using Symphony.Cli.Output;
using Symphony.Manifests;

namespace Symphony.Cli;

/// <summary>The commands and the only catch-all: every failure leaves here as a message and an exit code.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Debug = new("--debug")
    {
        Description = "Show the stack trace of an unexpected failure",
        Recursive = true,
    };

    public static async Task<ExitCode> RunAsync(
        IReadOnlyList<string> args,
        CliContext context,
        CancellationToken cancel
    )
    {
        // "@name" is a value like any other, not a file of arguments.
        var parsed = CreateRoot(context).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (parsed.Errors.Count > 0)
            {
                UsageReport.Write(parsed, context.Error);
                return ExitCode.BadInput;
            }

            var configuration = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return (ExitCode)await parsed.InvokeAsync(configuration, cancel);
        }
        catch (InputException failure)
        {
            Report(failure, context);
            return ExitCode.BadInput;
        }
        catch (ManifestException failure)
        {
            ProblemReport.Write(failure.Problems, context.Error);
            return ExitCode.BadInput;
        }
        catch (UnobservedException failure)
        {
            Report(failure, context);
            return ExitCode.Unobserved;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await context.Error.WriteLineAsync("symphony: interrupted; nothing was decided");
            return ExitCode.Unobserved;
        }
        catch (Exception failure)
        {
            await context.Error.WriteLineAsync(
                parsed.GetValue(Debug)
                    ? failure.ToString()
                    : $"symphony: unexpected failure: {TerminalText.Escape(failure.Message)}\n  next      run again with --debug and report what it prints"
            );
            return ExitCode.Unobserved;
        }
    }

    private static RootCommand CreateRoot(CliContext context) =>
        new("Verifies that a PostgreSQL database still enforces what its owners declared, and writes evidence of it.")
        {
            Debug,
            MigrateCommand.Create(context),
            LintCommand.Create(context),
            VerifyCommand.Create(context),
            ProveCommand.Create(context),
            GateCommand.Create(context),
            CoverageCommand.Create(context),
            CompileCommand.Create(context),
            ExplainCommand.Create(context),
            ReproCommand.Create(context),
            TaskCommand.Create(context),
            EvidenceCommand.Create(context),
            SchemaCommand.Create(context),
            DoctorCommand.Create(context),
            ServerCommand.Create(context),
        };

    internal static void Report(SymphonyException failure, CliContext context)
    {
        context.Error.WriteLine($"symphony: {TerminalText.Escape(failure.Message)}");
        context.Error.WriteLine($"  expected  {TerminalText.Escape(failure.Expected)}");
        context.Error.WriteLine($"  found     {TerminalText.Escape(failure.Found)}");
        context.Error.WriteLine($"  next      {TerminalText.Escape(failure.Next)}");
    }
}
