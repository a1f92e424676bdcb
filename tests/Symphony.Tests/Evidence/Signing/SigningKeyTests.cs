using System.Security.Cryptography;
using System.Text;
using Symphony.Evidence.Signing;

namespace Symphony.Tests.Evidence.Signing;

public sealed class SigningKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The vector of the specification (dsse, protocol.md).</summary>
    [Fact]
    public void What_is_signed_is_the_pre_authentication_encoding() =>
        Assert.Equal(
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
            Encoding.UTF8.GetString(DsseEnvelope.Encode("http://example.com/HelloWorld", "hello world"u8))
        );

    [Fact]
    public void A_pair_signs_and_verifies_and_only_the_owner_reads_the_private_half()
    {
        var made = KeyFiles.Create(_folder.File("key"));
        using var key = KeyFiles.ReadSigningKey(_folder.File("key"));
        var publicKey = KeyFiles.ReadPublicKey(_folder.File("key.pub"));
        Assert.Equal(made.Id, publicKey.Id);
        Assert.True(publicKey.Verifies("data"u8, key.Sign("data"u8)));
        Assert.False(publicKey.Verifies("other"u8, key.Sign("data"u8)));
        Assert.StartsWith(
            "-----BEGIN PRIVATE KEY-----",
            File.ReadAllText(_folder.File("key")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "-----BEGIN PUBLIC KEY-----",
            File.ReadAllText(_folder.File("key.pub")),
            StringComparison.Ordinal
        );
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("key")));
        }
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key.pub")]
    public void A_key_that_exists_is_not_overwritten_and_no_half_pair_is_left(string existing)
    {
        File.WriteAllText(_folder.File(existing), "precious");
        Assert.Throws<InputException>(() => KeyFiles.Create(_folder.File("key")));
        Assert.Equal("precious", File.ReadAllText(_folder.File(existing)));
        Assert.Single(Directory.EnumerateFiles(_folder.Path));
    }

    public static TheoryData<string, string> Unusable
    {
        get
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            using var rsa = RSA.Create(2048);
            var encrypted = pair.ExportEncryptedPkcs8PrivateKeyPem(
                "secret",
                new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)
            );
            return new()
            {
                { "another curve", other.ExportPkcs8PrivateKeyPem() },
                { "another algorithm", rsa.ExportPkcs8PrivateKeyPem() },
                { "a public key", pair.ExportSubjectPublicKeyInfoPem() },
                { "an encrypted key", encrypted },
                { "half a key", pair.ExportPkcs8PrivateKeyPem()[..100] },
                { "no key", "hunter2" },
                { "nothing", "" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Another_key_is_refused_without_a_word_of_it(string what, string pem)
    {
        File.WriteAllText(_folder.File("key"), pem);
        var refused = Assert.Throws<InputException>(() => KeyFiles.ReadSigningKey(_folder.File("key")));
        var text = $"{refused.Message} {refused.Expected} {refused.Found} {refused.Next} {refused.InnerException}";
        Assert.All(
            pem.Split('\n').Where(line => line.Length > 4 && !line.StartsWith("---", StringComparison.Ordinal)),
            line => Assert.DoesNotContain(line, text, StringComparison.Ordinal)
        );
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_private_key_is_not_taken_for_a_public_one()
    {
        KeyFiles.Create(_folder.File("key"));
        var refused = Assert.Throws<InputException>(() => KeyFiles.ReadPublicKey(_folder.File("key")));
        Assert.Contains("private", refused.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_older_form_of_a_private_key_signs_too()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = SigningKey.Parse(pair.ExportECPrivateKeyPem(), "test");
        Assert.True(
            pair.VerifyData("x"u8, key.Sign("x"u8), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        );
    }
}
