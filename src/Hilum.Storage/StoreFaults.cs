namespace Hilum.Storage;

/// <summary>The store cannot be opened, or cannot be read or written now. The sentence holds no data of patients.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Somebody else was first, or what is there already forbids it.</summary>
/// <param name="says">What stands in the way.</param>
/// <param name="current">The version that stands now; null where none does.</param>
public sealed class ConflictException(string says, int? current = null) : Exception(says)
{
    /// <summary>The version that stands now.</summary>
    public int? Current => current;
}
