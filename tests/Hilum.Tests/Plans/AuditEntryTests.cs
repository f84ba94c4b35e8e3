using CsCheck;
using Hilum.Plans;

namespace Hilum.Tests.Plans;

/// <summary>The hash of an entry stands for all its parts.</summary>
public sealed class AuditEntryTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab/"], 0, 3];

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Const((string?)null), Text.Select(t => (string?)t));

    private static readonly Gen<AuditEntry> Entry = Gen.Select(Gen.Select(Gen.Long[1, 3], Text, Text, Text), Gen.Select(Text, Maybe, Maybe, Maybe), Text,
        (a, b, previous) => new AuditEntry(a.Item1, a.Item2, a.Item3, a.Item4, b.Item1, b.Item2, b.Item3, b.Item4, previous, ""));

    [Fact]
    public void Two_entries_have_one_hash_only_when_all_their_parts_are_one() =>
        Gen.Select(Entry, Entry).Sample((one, two) => (one == two) == (one.Expected() == two.Expected()), iter: 3000);

    [Fact]
    public void A_chain_begins_with_genesis_and_each_entry_names_the_one_before()
    {
        var first = AuditEntry.After(null, "t", "ann", "read", "plans/1", null, null, null);
        var second = AuditEntry.After(first, "t", "ann", "read", "plans/1", null, null, null);
        Assert.Equal((1, AuditEntry.Genesis), (first.Seq, first.Previous));
        Assert.Equal((2, first.Hash), (second.Seq, second.Previous));
        Assert.Equal(second.Expected(), second.Hash);
        Assert.NotEqual(first.Hash, second.Hash);
    }
}
