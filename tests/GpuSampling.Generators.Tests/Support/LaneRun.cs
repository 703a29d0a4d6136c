using System.Runtime.InteropServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>All methods of a posterior's kernel at several points, one for each lane, pack after pack.</summary>
/// <param name="positions">The points; as many as a multiple of the widest pack.</param>
/// <typeparam name="T">The lane type.</typeparam>
/// <typeparam name="TElement">Its elements.</typeparam>
internal sealed class LaneRun<T, TElement>(double[][] positions) : IPosteriorVisitor<TElement[][]>
    where T : unmanaged, IReal<T>
    where TElement : unmanaged
{
    /// <summary>For each point: log prior, log likelihood, the two again along with their gradients, the gradient, and the outputs.</summary>
    public TElement[][] Visit<TModel>(Posterior<TModel> posterior)
        where TModel : struct, IModel
    {
        TModel model = posterior.Model;
        var data = new ArrayTable<T>(posterior.Data.Reals.ToArray(), posterior.Data.Integers.ToArray());
        var results = new TElement[positions.Length][];
        for (int first = 0; first < positions.Length; first += T.Width)
        {
            var position = new T[model.Dimension];
            Span<TElement> elements = MemoryMarshal.Cast<T, TElement>(position.AsSpan());
            for (int i = 0; i < model.Dimension; i++)
            {
                for (int lane = 0; lane < T.Width; lane++)
                {
                    elements[(i * T.Width) + lane] = (TElement)Convert.ChangeType(positions[first + lane][i], typeof(TElement), null);
                }
            }

            var scratch = new ArrayVector<T>(new T[model.ScratchLength]);
            var at = new ArrayVector<T>(position);
            var gradient = new T[model.Dimension];
            var outputs = new T[model.OutputCount];
            T prior = model.LogPrior<T, ArrayVector<T>, ArrayTable<T>>(at, scratch, data);
            T likelihood = model.LogLikelihood<T, ArrayVector<T>, ArrayTable<T>>(at, scratch, data, 0, model.DataTermCount);
            T priorAlong = model.LogPriorGradient<T, ArrayVector<T>, ArrayTable<T>>(at, new ArrayVector<T>(gradient), scratch, data);
            T likelihoodAlong = model.LogLikelihoodGradient<T, ArrayVector<T>, ArrayTable<T>>(
                at, new ArrayVector<T>(gradient), scratch, data, 0, model.DataTermCount);
            model.WriteOutputs<T, ArrayVector<T>, ArrayVector<T>, ArrayTable<T>>(
                at, new ArrayVector<T>(outputs), scratch, data,
                new StreamAddress<T>(new StreamKey(99), StreamPurpose.GeneratedQuantity, T.WordConstant((ulong)first) + T.LaneIndex, 0, 5));
            T[] all = [prior, likelihood, priorAlong, likelihoodAlong, .. gradient, .. outputs];
            ReadOnlySpan<TElement> lanes = MemoryMarshal.Cast<T, TElement>(all);
            for (int lane = 0; lane < T.Width; lane++)
            {
                results[first + lane] = new TElement[all.Length];
                for (int i = 0; i < all.Length; i++)
                {
                    results[first + lane][i] = lanes[(i * T.Width) + lane];
                }
            }
        }

        return results;
    }
}
