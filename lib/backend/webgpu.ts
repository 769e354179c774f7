/**
 * The backend of WebGPU, on a device of our own.
 *
 * @module
 */
import { guardBackend } from "./guarded.ts";
import type { Watch } from "./poison.ts";
import { nameKernels } from "./running_kernel.ts";
import { loadPackage, PACKAGES, type Tf } from "./tf.ts";

/** Features that are used where the adapter has them: times of kernels, and half precision. */
const FEATURES = ["timestamp-query", "shader-f16"] as const;

/** Limits that are raised to the adapter's: of buffers, and of what one workgroup may use. */
const LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

/** Makes a device with what the adapter has of features and limits. */
export async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
}

/** A device, and what watches it. */
export type Device = { readonly features: readonly string[]; readonly watch: Watch };

/** Registers the backend on a new device, in place of an earlier one. */
export async function prepareWebgpu(tf: Tf, adapter: GPUAdapter): Promise<Device> {
  const { WebGPUBackend } = await loadPackage<
    typeof import("@tensorflow/tfjs-backend-webgpu")
  >(PACKAGES.webgpu);
  const device = await requestDevice(adapter);
  nameKernels(tf, "webgpu");
  // the package registers a backend on a device of its own
  if (tf.findBackendFactory("webgpu") !== null) tf.removeBackend("webgpu");
  const instance = new WebGPUBackend(device, adapter.info as never);
  const watch = guardBackend(instance);
  tf.registerBackend("webgpu", () => instance);
  return { features: [...device.features], watch };
}
