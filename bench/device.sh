#!/usr/bin/env bash
# Equal bits and speed on a machine with a GPU, beside the peers installed there, as one table.
#
#   bench/device.sh publish        on a machine with the .NET SDK: builds artifacts/device, which needs no .NET where it runs
#   bench/device.sh [run] [ENGINE] on the machine with the GPU (ENGINE: cuda by default): checks and times everything;
#                                  publishes first where the SDK is present and nothing was published
#   bench/device.sh run opencl quick   where the device is a CPU: checks all bits, times in miniature
#
# The exit code is 0 only if every hash on the device equals the SIMD engine's.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=artifacts/device/GpuSampling.Benchmarks

publish() {
    dotnet publish bench/GpuSampling.Benchmarks -c Release -r linux-x64 --self-contained \
        -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true \
        -p:DebugType=none -p:GenerateDocumentationFile=false -o artifacts/device --nologo -v q || exit 1
    # What runs there is one file; documentation and symbols stay here.
    find artifacts/device -type f ! -name GpuSampling.Benchmarks -delete
    echo "$program: $(du -h "$program" | cut -f1)"
}

case "${1:-run}" in
    publish) publish; exit ;;
    run) shift || true ;;
esac
engine=${1:-cuda}
extent=${2:-full}

if [ ! -x "$program" ]; then
    if command -v dotnet >/dev/null; then
        publish
    else
        echo "device.sh: $program is not there, and neither is dotnet: run 'bench/device.sh publish' on a machine with the .NET SDK, and bring artifacts/device along." >&2
        exit 2
    fi
fi

echo "machine: $(uname -srm), $(nproc) cores; commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown); $(date -u +%F)"
if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.max.sm --format=csv,noheader
else
    echo "nvidia-smi is not there: no NVIDIA driver is installed."
fi
echo

"$program" device "$engine" "$extent"
status=$?
echo
if command -v python3 >/dev/null; then
    python3 bench/device_peers.py
else
    echo "peers: python3 is not there; no PyTorch, CuPy, JAX or NumPyro to compare with."
fi
exit "$status"
