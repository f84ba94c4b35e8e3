using Hilum.Web.SignIn;
using Hilum.Web.Tests.Support;

namespace Hilum.Web.Tests.SignIn;

/// <summary>Without sign-in and TLS the site listens on this machine alone, whoever builds it.</summary>
public sealed class ListeningTests
{
    private static readonly SignInSettings SomeAuthority = new() { Authority = "https://id.example.org", ClientId = "hilum" };

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;http://[::1]:5080")]
    public void On_this_machine_nothing_is_needed(string urls) => Assert.Empty(Listening.Faults(urls, new()));

    [Theory]
    [InlineData("http://0.0.0.0:80")]
    [InlineData("http://*:80")]
    [InlineData("http://[::]:80")]
    [InlineData("http://hilum.example.org")]
    [InlineData("https://10.0.0.5:443")]
    [InlineData("http://127.0.0.1:5080;http://10.0.0.5:80")]
    public void Elsewhere_sign_in_and_tls_are_needed(string urls)
    {
        var fault = Assert.Throws<SettingsException>(() => Site.Build(new() { Content = RunningSite.Content, Urls = urls }));

        Assert.Contains("nobody has to sign in", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_in_without_tls_is_not_enough_and_a_proxy_must_be_named()
    {
        var settings = new DoorSettings { SignIn = SomeAuthority, PublicUrl = "https://hilum.example.org" };

        Assert.Contains("others could read", Assert.Single(Listening.Faults("http://0.0.0.0:80", settings)), StringComparison.Ordinal);
        Assert.Empty(Listening.Faults("http://0.0.0.0:80", settings with { BehindProxy = true }));
        Assert.Empty(Listening.Faults("https://0.0.0.0:443", settings));
    }

    [Fact]
    public void All_faults_of_a_settings_file_are_named_at_once()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            { "publicUrl": "hilum", "hooks": { "fhirServers": ["http://ehr.example.org/fhir"], "origins": ["https://ehr.example.org/x"] },
              "smart": { "servers": [ { "issuer": "ftp://x", "clientId": "", "role": "administrator" } ] }, "signIn": { "authority": "http://id.example.org", "clientId": "h", "roles": { "boss": ["x"] } } }
            """);
        var faults = Assert.Throws<SettingsException>(() => DoorSettings.Read(file)).Faults;
        File.Delete(file);

        foreach (var name in new[] { "publicUrl", "hooks.fhirServers", "hooks.origins", "smart.servers ftp://x: an https", "clientId", "role administrator", "signIn.authority", "signIn.roles boss" }) Assert.Contains(faults, f => f.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_that_is_not_known_is_refused_with_its_line()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "{\n  \"sigIn\": {}\n}");
        var fault = Assert.Throws<SettingsException>(() => DoorSettings.Read(file));
        File.Delete(file);

        Assert.Contains("line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_requests_of_one_caller_are_put_off()
    {
        await using var site = new OwnSite();
        await site.Start(new() { RequestsPerMinute = 5 });
        var answers = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            using var answer = await site.Client.GetAsync("/healthz", TestContext.Current.CancellationToken);
            answers.Add((int)answer.StatusCode);
        }

        Assert.Equal(5, answers.Count(a => a == 200));
        Assert.Equal(3, answers.Count(a => a == 429));
    }
}
