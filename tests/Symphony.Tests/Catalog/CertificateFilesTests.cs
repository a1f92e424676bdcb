using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Symphony.Tests.Cli;

namespace Symphony.Tests.Catalog;

/// <summary>Files of certificates that a connection names, and that are none: the run is not observed, and there is evidence of it.</summary>
public sealed class CertificateFilesTests
{
    [Theory]
    [InlineData("sslcert", "no certificate")]
    [InlineData("sslcert", null)]
    [InlineData("sslrootcert", null)]
    public async Task A_file_that_is_no_certificate_is_said_and_nothing_was_observed(string setting, string? content)
    {
        using var folder = CliFolder.With("  - id: a\n    table: {table: public.t}");
        if (content is not null)
        {
            await File.WriteAllTextAsync(folder.File("client.pem"), content, TestContext.Current.CancellationToken);
        }

        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var willing = AgreeToEncryptAsync(server);
        var run = await CliRun.In(
            folder.Path,
            "verify",
            "--database-url",
            $"postgres://nobody@127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/nowhere?sslmode=verify-full&{setting}={folder.File("client.pem")}"
        );
        server.Stop();
        await willing;

        Assert.Equal(2, run.Exit);
        Assert.Contains("sslrootcert, sslcert and sslkey", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected failure", run.Error, StringComparison.Ordinal);
        var verified = await CliRun.In(folder.Path, "evidence", "verify", "evidence");
        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
    }

    /// <summary>Goes as far as encryption, which is where the driver needs the files.</summary>
    private static async Task AgreeToEncryptAsync(TcpListener server)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        try
        {
            // The driver may ask for Kerberos first, and call again when that is refused.
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await EncryptAsync(client.GetStream(), certificate);
            }
        }
        catch (Exception gone) when (gone is SocketException or InvalidOperationException)
        {
            // The listener was stopped: the test is over.
        }
    }

    private static async Task EncryptAsync(NetworkStream stream, X509Certificate2 certificate)
    {
        var request = new byte[8];
        try
        {
            while (
                await stream.ReadAtLeastAsync(request, request.Length, false, TestContext.Current.CancellationToken) > 0
            )
            {
                var isForTls = BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(4)) == 80877103;
                await stream.WriteAsync(
                    isForTls ? "S"u8.ToArray() : "N"u8.ToArray(),
                    TestContext.Current.CancellationToken
                );
                if (isForTls)
                {
                    await using var encrypted = new SslStream(stream);
                    await encrypted.AuthenticateAsServerAsync(certificate);
                    await encrypted.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or AuthenticationException)
        {
            // The driver hung up.
        }
    }
}
