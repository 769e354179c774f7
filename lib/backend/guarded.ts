/**
 * The library's backend of WebGPU, made to throw where it would go on with zeros.
 *
 * @module
 */
import { type Watch, watchDevice } from "./poison.ts";
import { runningKernel } from "./running_kernel.ts";

type WebGPUBackend = import("@tensorflow/tfjs-backend-webgpu").WebGPUBackend;

/** Bytes of a number on the device, of whichever type. */
const BYTES = 4;

/** Puts a watch on a backend's device, and has each operation and each read look at it. */
export function guardBackend(backend: WebGPUBackend): Watch {
  const { device } = backend;
  const watch = watchDevice(device);
  const { runWebGPUProgram, submitQueue, read, readSync, readToGPU } = backend;
  const largest = device.limits.maxStorageBufferBindingSize;

  backend.runWebGPUProgram = (program, inputs, dtype, uniforms, output) => {
    const operation = operationOf(program);
    watch.check(`run ${operation}`);
    for (const shape of [output?.shape ?? program.outputShape, ...inputs.map((one) => one.shape)]) {
      checkBytes(operation, shape, largest);
    }
    return watch.guard(
      operation,
      () => runWebGPUProgram.call(backend, program, inputs, dtype, uniforms, output),
    );
  };
  backend.submitQueue = () => watch.submit(() => submitQueue.call(backend));
  backend.read = async (dataId) => {
    const doing = "read a tensor";
    watch.check(doing);
    try {
      return await read.call(backend, dataId);
    } catch (error) {
      // the device's own account goes first
      if (!(await watch.isBroken()) && error instanceof DOMException) watch.note(error.message);
      throw error;
    } finally {
      await watch.isBroken();
      watch.check(doing);
    }
  };
  backend.readSync = (dataId) => {
    watch.check("read a tensor");
    const { values, resource, dtype } = backend.tensorMap.get(dataId);
    if (values !== null && values !== undefined || dtype === "string" || !resource) {
      return readSync.call(backend, dataId);
    }
    throw new Error(
      "Cannot read a tensor at once as webgpu needs await tensor.data(): it was to be read at once, " +
        "or by another backend, which toMatrix and toTensor bring it to",
    );
  };
  backend.readToGPU = (dataId) => {
    watch.check("read a tensor");
    return watch.guard("readToGPU", () => readToGPU.call(backend, dataId));
  };
  return watch;
}

/** What is running, in the words of the library: the kernel, and the program if that says more. */
function operationOf(program: object): string {
  const { name } = program.constructor;
  const kernel = runningKernel();
  return kernel === null ? name : `${kernel} (${name})`;
}

/** Refuses a tensor that no program can be given; the device would take it for zeros. */
function checkBytes(operation: string, shape: readonly number[], largest: number): void {
  const bytes = shape.reduce((all, length) => all * length, BYTES);
  if (bytes <= largest) return;
  throw new RangeError(
    `Cannot run ${operation} as a tensor must have at most ${largest} bytes on this device: ` +
      `[${shape}] has ${bytes}; split it, or call await backend({ prefer: "wasm" })`,
  );
}
