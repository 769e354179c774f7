/**
 * A process that is held at the line where it is, by the protocol of V8's inspector, so that
 * something can be asked of it although its code does not end.
 *
 * @module
 */

/** Milliseconds in which a process must come to a line of JavaScript: not so in native code. */
const MOST_PAUSE = 3000;

/** Milliseconds for an answer. */
const MOST_ANSWER = 15_000;

/** What the inspector sends. */
type Sent = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly callFrames?: readonly { readonly callFrameId: string }[] };
  readonly result?: {
    readonly result?: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
  };
};

/**
 * Holds a process where it is and evaluates an expression there. It stays held while the returned
 * resource is not disposed of.
 *
 * @param url Address of the process's inspector
 * @param expression What to evaluate; its value must be one that JSON has
 * @throws {Error} if it cannot be held or the expression throws
 */
export async function evaluateHeld(
  url: string,
  expression: string,
): Promise<Disposable & { readonly value: unknown }> {
  const socket = new WebSocket(url);
  const free = () => socket.close();
  try {
    const frame = Promise.withResolvers<string>(), answer = Promise.withResolvers<unknown>();
    for (const { promise } of [frame, answer]) promise.catch(() => {}); // told below
    const fail = () => {
      for (const { reject } of [frame, answer]) reject(refusal("its inspector has hung up"));
    };
    socket.onerror = socket.onclose = fail;
    socket.onmessage = ({ data }) => {
      const { id, method, params, result } = JSON.parse(String(data)) as Sent;
      if (method === "Debugger.paused") frame.resolve(params!.callFrames![0].callFrameId);
      if (id !== 3) return;
      const { exceptionDetails } = result ?? {};
      if (!exceptionDetails) return answer.resolve(result?.result?.value);
      answer.reject(refusal(exceptionDetails.exception?.description ?? "it threw"));
    };
    socket.onopen = () => {
      socket.send('{"id":1,"method":"Debugger.enable"}');
      socket.send('{"id":2,"method":"Debugger.pause"}');
    };
    const callFrameId = await within(frame.promise, MOST_PAUSE, "it runs no line of JavaScript");
    const params = { callFrameId, expression, returnByValue: true };
    socket.send(JSON.stringify({ id: 3, method: "Debugger.evaluateOnCallFrame", params }));
    const value = await within(answer.promise, MOST_ANSWER, "it does not answer");
    return { value, [Symbol.dispose]: free };
  } catch (error) {
    free();
    throw error;
  }
}

/** An error that says what is in the way. */
function refusal(why: string): Error {
  return new Error(`Cannot hold the process as ${why}`);
}

/** A promise, given up after a time. */
async function within<T>(promise: Promise<T>, milliseconds: number, why: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(refusal(why)), milliseconds);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
