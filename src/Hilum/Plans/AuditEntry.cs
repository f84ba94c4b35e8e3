using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hilum.Plans;

/// <summary>An entry of the audit: who did what when, to what, with the hashes of what went in and came out. It names things by id and holds no patient data.</summary>
/// <param name="Seq">1 for the first; no gaps.</param>
/// <param name="At">When, UTC, as ISO 8601 with seven decimals.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Action">What was done: <c>evaluate</c>, <c>read</c>, <c>add-patient</c> ...</param>
/// <param name="Subject">To what, as a path of ids.</param>
/// <param name="InputSha256">The hash of what was sent; null when nothing was.</param>
/// <param name="ContentSha256">The hash of the guidance in use; null where none was.</param>
/// <param name="OutputSha256">The hash of what was answered or stored.</param>
/// <param name="Previous">The hash of the entry before; <see cref="Genesis"/> for the first.</param>
/// <param name="Hash">The hash of this entry, the one before included.</param>
public sealed record AuditEntry(long Seq, string At, string Who, string Action, string Subject, string? InputSha256, string? ContentSha256, string? OutputSha256, string Previous, string Hash)
{
    /// <summary>What the first entry names as the one before.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>The hash that this entry must bear: SHA-256 over every other part, each with its length before it.</summary>
    public string Expected()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, Seq);
        hash.AppendData(number);
        foreach (var part in new[] { At, Who, Action, Subject, InputSha256, ContentSha256, OutputSha256, Previous }) Append(hash, part is null ? null : Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The next entry of a chain.</summary>
    public static AuditEntry After(AuditEntry? last, string at, string who, string action, string subject, string? input, string? content, string? output)
    {
        var entry = new AuditEntry((last?.Seq ?? 0) + 1, at, who, action, subject, input, content, output, last?.Hash ?? Genesis, "");
        return entry with { Hash = entry.Expected() };
    }

    /// <summary>Adds a part with its length before it; null is told from empty.</summary>
    public static void Append(IncrementalHash hash, byte[]? part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, part?.Length ?? -1);
        hash.AppendData(length);
        if (part is not null) hash.AppendData(part);
    }
}
