namespace Symphony.Kinds;

/// <summary>A claim that older servers cannot express: what they lack is neither there nor missing.</summary>
/// <param name="Major">The first major version that can.</param>
/// <param name="Why">What those before it lack, as a sentence.</param>
public sealed record ServerNeed(int Major, string Why)
{
    /// <summary>Whether a server that says who it is cannot express the claim.</summary>
    public bool IsBeyond(int serverVersionNum) => serverVersionNum > 0 && serverVersionNum / 10000 < Major;

    public static ServerNeed? When(bool claimed, int major, string why) => claimed ? new(major, why) : null;
}
