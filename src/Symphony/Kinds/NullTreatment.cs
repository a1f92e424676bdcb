namespace Symphony.Kinds;

/// <summary>Whether NULLs of a unique index count as different: always before PostgreSQL 15, which has NULLS NOT DISTINCT.</summary>
internal static class NullTreatment
{
    /// <param name="claimed">What the claim says.</param>
    /// <param name="observed">What the catalog says; null on servers that do not know the other treatment.</param>
    /// <param name="why">What is lost by a difference.</param>
    /// <param name="judgement">Where it is told.</param>
    public static void Judge(bool claimed, bool? observed, string why, Judgement judgement)
    {
        if (observed is null && !claimed)
        {
            judgement.Undecide(
                "nulls_distinct",
                "Servers before PostgreSQL 15 have no NULLS NOT DISTINCT: NULLs always count as different.",
                "Verify against PostgreSQL 15 or newer, or claim the columns as not nullable."
            );
        }
        else
        {
            judgement.Require("nulls_distinct", claimed, observed ?? true, why);
        }
    }
}
