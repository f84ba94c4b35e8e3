using System.Text.Json.Serialization;

namespace Hilum.Web.Form;

/// <summary>JSON without reflection.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class FieldJson : JsonSerializerContext;
