using System.Globalization;
using Symphony.Cli.Commands.Gate;
using Symphony.Cli.Output;
using Symphony.Evidence;
using Symphony.Migrations;
using Symphony.Servers;

namespace Symphony.Cli.Commands.Doctor;

/// <summary>One thing looked at.</summary>
/// <param name="Found">What is there, in a few words.</param>
/// <param name="Problem">Why it will not do; null when it will.</param>
internal sealed record DoctorCheck(string Name, string Found, SymphonyException? Problem = null);

/// <summary>Looks at the machine: what a run needs, before it needs it.</summary>
internal sealed class Examination(CliContext context)
{
    /// <summary>A cluster takes some 40 MB, a build some 150 MB.</summary>
    private const long LeastFreeBytes = 512L * 1024 * 1024;

    /// <summary>What a gate needs; nothing is started, and no database is asked.</summary>
    public async Task<IReadOnlyList<DoctorCheck>> OfGateAsync(GateRequest request, CancellationToken cancel)
    {
        var checks = new List<DoctorCheck> { Runtime() };
        if (request.Fresh)
        {
            checks.Add(await ServerAsync(request.Postgres, cancel));
        }

        checks.Add(Disk("room for servers", Path.GetTempPath()));
        checks.Add(Evidence(request.EvidenceFolder));
        checks.Add(Migrations(request.Migrations));
        return checks;
    }

    public static DoctorCheck Runtime() =>
        new(
            "runtime",
            $"{System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription} on {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}"
        );

    public Task<DoctorCheck> ServerAsync(string? postgres, CancellationToken cancel) =>
        LookAsync(
            "server",
            async () =>
            {
                var found = await ServerDiagnosis.FindAsync(
                    ServerOptions.From(context.Environment, postgres),
                    new LineProgress(context.Error),
                    cancel
                );
                return $"PostgreSQL {found.Major} ({found.Origin})";
            }
        );

    public static DoctorCheck Disk(string name, string folder)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        var shown = string.Create(CultureInfo.InvariantCulture, $"{free / 1_000_000_000.0:0.0} GB free in {folder}");
        return free >= LeastFreeBytes
            ? new DoctorCheck(name, shown)
            : new DoctorCheck(
                name,
                shown,
                new UnobservedException(
                    "the disk is almost full",
                    "512 MB free for a server's data",
                    shown,
                    "free space, or set TMPDIR to a folder on another disk"
                )
            );
    }

    /// <summary>Opening it tries to write.</summary>
    public static DoctorCheck Evidence(string folder)
    {
        try
        {
            EvidenceStore.Open(folder);
            return new DoctorCheck("evidence", "evidence can be written");
        }
        catch (SymphonyException problem)
        {
            return new DoctorCheck("evidence", "evidence cannot be written", problem);
        }
    }

    public DoctorCheck Migrations(string folder)
    {
        try
        {
            var files = MigrationDirectory.Read(context.FullPath(folder));
            return new DoctorCheck("migrations", $"{files.Count} migration{(files.Count == 1 ? "" : "s")}");
        }
        catch (SymphonyException problem)
        {
            return new DoctorCheck("migrations", $"no migrations in {folder}", problem);
        }
    }

    public static async Task<DoctorCheck> LookAsync(string name, Func<Task<string>> look)
    {
        try
        {
            return new DoctorCheck(name, await look());
        }
        catch (SymphonyException problem)
        {
            return new DoctorCheck(name, problem.Message, problem);
        }
    }
}
