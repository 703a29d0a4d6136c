using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Ilgpu.Launching;

/// <summary>
/// Host memory from which settings are copied to the device while the host goes on. A copy may still be reading its slot when
/// the next is written, so there are several, and only their reuse waits.
/// </summary>
/// <typeparam name="TElement">The element type.</typeparam>
internal sealed class SettingsRing<TElement>
    where TElement : unmanaged
{
    private const int SlotCount = 8;

    private readonly TElement[] slots;
    private readonly int length;
    private int next;

    /// <summary>Allocates the slots.</summary>
    /// <param name="length">The elements of a slot.</param>
    public SettingsRing(int length)
    {
        this.length = length;
        slots = GC.AllocateArray<TElement>(length * SlotCount, pinned: true);
    }

    /// <summary>A slot that no copy reads.</summary>
    /// <param name="stream">The stream of the copies.</param>
    public Span<TElement> Take(AcceleratorStream stream)
    {
        if (next == SlotCount)
        {
            stream.Synchronize();
            next = 0;
        }

        return slots.AsSpan(length * next++, length);
    }

    /// <summary>Copies the slot taken last, or its beginning, to the device, after all that the stream was given before.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="target">The device memory.</param>
    /// <param name="count">How many elements.</param>
    public void Send(AcceleratorStream stream, ArrayView<TElement> target, int count)
    {
        if (count > 0)
        {
            target.SubView(0, count).CopyFromCPUUnsafeAsync(stream, ref slots[length * (next - 1)], count);
        }
    }
}
