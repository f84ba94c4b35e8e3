using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Hilum.Evidence;
using Hilum.Facts;
using Hilum.Options;
using Hilum.Plans;
using Hilum.Risk;
using Hilum.Words;

namespace Hilum.Guidance;

/// <summary>Checked content as bytes, and back.</summary>
/// <remarks>
/// One method a type serves both directions: given a value it writes it, given null it reads one; so the two cannot disagree.
/// Written by hand, because a start reads this once and a general serializer takes longer to get ready than to read.
/// A member that is forgotten here is found by the test that compares content read from text with content read back.
/// </remarks>
internal sealed partial class CompiledContent
{
    private readonly BinaryWriter? output;
    private readonly byte[] input = [];
    private int at;

    private CompiledContent(BinaryWriter output) => this.output = output;

    private CompiledContent(byte[] input) => this.input = input;

    /// <summary>Content as bytes, and last the SHA-256 of all before: a bit that turned on the disk must not change what is advised.</summary>
    public static byte[] Write(GuidanceContent content)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        new CompiledContent(writer).Content(content);
        writer.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return bytes.ToArray();
    }

    /// <summary>Content from bytes; null when they are not the content of this hash, or are damaged.</summary>
    public static GuidanceContent? Read(byte[] bytes, string sha256)
    {
        try
        {
            var end = bytes.Length - SHA256.HashSizeInBytes;
            if (end < 0 || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end))) return null;
            var reader = new CompiledContent(bytes);
            if (reader.Text(null) != sha256) return null;
            reader.at = 0;
            var content = reader.Content(null);
            return reader.at == end ? content : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or OverflowException)
        {
            return null;
        }
    }

    private GuidanceContent Content(GuidanceContent? v)
    {
        var sha256 = Text(v?.Sha256);
        var facts = new FactDictionary(Many(v?.Facts.Facts, Fact), Ints(v?.Facts.Order));
        var formulary = new Formulary(Many(v?.Formulary.Drugs, Drug), Many(v?.Formulary.Classes, DrugClass), Many(v?.Formulary.Medicines, Medicine), Many(v?.Formulary.Regimens, Regimen));
        return new()
        {
            Sha256 = sha256,
            Facts = facts,
            Formulary = formulary,
            Version = Text(v?.Version),
            IntendedUse = Phrase(v?.IntendedUse),
            NotFor = Phrase(v?.NotFor),
            Limits = Phrases(v?.Limits),
            RiskModels = Many(v?.RiskModels, RiskModel),
            Catalogue = Catalogue(v?.Catalogue),
            Consistency = Many(v?.Consistency, Consistency),
            Example = Text(v?.Example),
            FallbackLimits = Many(v?.FallbackLimits, FallbackLimits),
            Trials = Many(v?.Trials, Trial),
            Questions = Many(v?.Questions, OpenQuestion),
            SurvivalRanges = Many(v?.SurvivalRanges, SurvivalRange),
            Plans = new(Many(v?.Plans.Schedules, Schedule), Many(v?.Plans.Reasons, PlanCode), Many(v?.Plans.Disciplines, PlanCode)),
            Sources = Many(v?.Sources, SourceDocument),
            Wording = Wording(v?.Wording),
        };
    }

    private Phrase Phrase(Phrase? v) => new(TextOrNull(v?.En), TextOrNull(v?.Fr));

    private Citation Citation(Citation? v) => new(TextOrNull(v?.Document)!, TextOrNull(v?.Locator)!);

    private Review Review(Review? v) => new((SourceReview)Byte((byte?)v?.Source), TextOrNull(v?.ClinicalBy), TextOrNull(v?.ClinicalDate));

    private Phrase[] Phrases(Phrase[]? v)
    {
        var items = new Phrase[Count(v?.Length)];
        for (var i = 0; i < items.Length; i++) items[i] = Phrase(v?[i]);
        return items;
    }

    private Dictionary<string, Phrase> Wording(Dictionary<string, Phrase>? v)
    {
        string[] keys = Texts(v is null ? null : [.. v.Keys]);
        var wording = new Dictionary<string, Phrase>(keys.Length, StringComparer.Ordinal);
        foreach (var key in keys) wording.Add(key, Phrase(v?[key]));
        return wording;
    }

    private T[] Many<T>(T[]? v, Func<T?, T> one)
        where T : class
    {
        var items = new T[Count(v?.Length)];
        for (var i = 0; i < items.Length; i++) items[i] = one(v?[i]);
        return items;
    }

    /// <summary>How many follow; never more than there are bytes left.</summary>
    private int Count(int? v) => Int(v) is var count && (output is not null || (count >= 0 && count <= input.Length - at)) ? count : throw Damaged();

    private string[] Texts(string[]? v) => Many(v, Text);

    private int[] Ints(int[]? v)
    {
        var items = new int[Count(v?.Length)];
        for (var i = 0; i < items.Length; i++) items[i] = Int(v?[i]);
        return items;
    }

    private string Text(string? v) => TextOrNull(v) ?? throw Damaged();

    /// <summary>Length in bytes plus one (0: null), then UTF-8.</summary>
    private string? TextOrNull(string? v)
    {
        if (output is not null)
        {
            Int(v is null ? 0 : Encoding.UTF8.GetByteCount(v) + 1);
            if (v is not null) output.Write(Encoding.UTF8.GetBytes(v));
            return v;
        }

        var length = Int(null) - 1;
        return length < 0 ? null : length == 0 ? "" : Encoding.UTF8.GetString(Take(length));
    }

    private bool Has(object? v) => Bool(output is null ? null : v is not null);

    private bool Bool(bool? v) => Byte(v is { } known ? (byte)(known ? 1 : 0) : null) != 0;

    private bool? BoolOrNull(bool? v) => Has(v) ? Bool(v) : null;

    private byte Byte(byte? v)
    {
        if (output is null) return Take(1)[0];
        output.Write(v ?? throw new InvalidOperationException("A part of the content has no form in the compiled file."));
        return v.Value;
    }

    private int? IntOrNull(int? v) => Has(v) ? Int(v) : null;

    private int Int(int? v)
    {
        if (output is null) return BinaryPrimitives.ReadInt32LittleEndian(Take(4));
        output.Write(v ?? throw new InvalidOperationException("A part of the content has no form in the compiled file."));
        return v.Value;
    }

    private ulong Mask(ulong? v)
    {
        if (output is null) return BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        output.Write(v!.Value);
        return v.Value;
    }

    private decimal? DecimalOrNull(decimal? v) => Has(v) ? Decimal(v) : null;

    private decimal Decimal(decimal? v)
    {
        if (output is null) return new(Int(null), Int(null), Int(null), Bool(null), Byte(null));
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(v!.Value, bits);
        for (var i = 0; i < 3; i++) output.Write(bits[i]);
        output.Write(decimal.IsNegative(v.Value));
        output.Write(v.Value.Scale);
        return v.Value;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > input.Length - at) throw Damaged();
        at += length;
        return input.AsSpan(at - length, length);
    }

    private static InvalidDataException Damaged() => new("The compiled content is damaged.");
}
