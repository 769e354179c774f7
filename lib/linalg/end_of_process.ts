/**
 * The end of a process in which workers may still compute.
 *
 * At its end the loader runs the destructors of all libraries, while other threads go on; OpenBLAS
 * then forgets where its kernels are, and a worker that is in a product brings the process down
 * with a segmentation fault (2 of 30 scripts that ended by an error). Nothing of it has to be
 * destroyed, so the process ends before that.
 *
 * @module
 */
/** The C library of Linux; others have no `on_exit`, which alone hands the status on. */
const LIBC = "libc.so.6";

let arranged = false;

/** Ends this process, when its time comes, with its own status but without destructors; Linux only. */
export function endWithoutDestructors(): void {
  if (arranged || Deno.build.os !== "linux") return;
  arranged = true;
  if (Deno.permissions.querySync({ name: "ffi", path: LIBC }).state !== "granted") return;
  try {
    const { symbols } = Deno.dlopen(LIBC, {
      on_exit: { parameters: ["pointer", "pointer"], result: "i32" },
      dlsym: { parameters: ["pointer", "buffer"], result: "pointer" },
    });
    const exit = symbols.dlsym(null, new TextEncoder().encode("_exit\0"));
    // Handlers run before destructors, the last first: `_exit(status)` leaves the rest undone.
    if (exit !== null) symbols.on_exit(exit, null);
  } catch {
    return; // another C library: its end is as it was
  }
}
