namespace Symphony.Tests.Evidence;

internal static class Waiting
{
    /// <summary>Waits for something that another process does.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < limit, "waited for a minute");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
