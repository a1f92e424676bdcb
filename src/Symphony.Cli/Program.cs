using System.Runtime.InteropServices;
using Symphony.Cli;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl-C lets the command remove its server and its temporary files; a second one ends the process.
    pressed.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
};
using var termination = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        interrupt.Cancel();
    }
);

return (int)await CommandLine.RunAsync(args, CliContext.OfProcess(), interrupt.Token);
