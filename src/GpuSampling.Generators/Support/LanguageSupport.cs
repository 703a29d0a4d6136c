#pragma warning disable IDE0130 // the compiler looks for these types in this namespace
namespace System.Runtime.CompilerServices;

/// <summary>Lets this .NET Standard assembly use init-only properties and records.</summary>
internal static class IsExternalInit;
