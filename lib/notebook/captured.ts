/**
 * What the names in a function mean where it stands, as the engine's inspector sees it.
 *
 * @module
 */

/** A value as the inspector hands it over. */
type Remote = {
  readonly name: string;
  readonly value?: {
    readonly objectId?: string;
    readonly value?: unknown;
    /** Text of a number that JSON has not, as `NaN`. */
    readonly unserializableValue?: string;
  };
};

/** Asks the inspector of this thread. */
type Post = (method: string, params: object) => Promise<{
  readonly result: readonly Remote[];
  readonly internalProperties?: readonly Remote[];
}>;

/** What the inspector is asked about, and the global name under which it finds that. */
type Question = {
  readonly place: string;
  readonly fn: unknown;
  readonly meant: Readonly<Record<string, unknown>>;
};

/**
 * The first name that means something else where a function stands than it should: a variable of
 * its surroundings. Null if there is none, and where no inspector can be asked.
 *
 * @param fn The function
 * @param meant What its free names should mean
 */
export async function shadowedName(
  fn: unknown,
  meant: Readonly<Record<string, unknown>>,
): Promise<string | null> {
  const { Session } = await import("node:inspector");
  const session = new Session();
  const scope = globalThis as { [place: string]: unknown };
  const question = { place: `__resolvent_${crypto.randomUUID().replaceAll("-", "")}`, fn, meant };
  try {
    session.connect();
  } catch {
    return null; // a thread or a set of permissions without one
  }
  const post: Post = (method, params) =>
    new Promise((resolve, reject) =>
      session.post(
        method,
        params,
        (error: unknown, value: unknown) =>
          error ? reject(error) : resolve(value as Awaited<ReturnType<Post>>),
      )
    );
  try {
    scope[question.place] = question;
    return await firstShadowed(post, question);
  } finally {
    delete scope[question.place];
    session.disconnect();
  }
}

/** Looks at the scopes of the function, from within. */
async function firstShadowed(post: Post, question: Question): Promise<string | null> {
  const { place, meant } = question;
  const { result } = await post("Runtime.evaluate", { expression: `${place}.fn` });
  const own = { ownProperties: true };
  const { objectId } = result as Remote["value"] & object;
  const { internalProperties = [] } = await post("Runtime.getProperties", { objectId, ...own });
  const scopes = internalProperties.find(({ name }) => name === "[[Scopes]]")?.value?.objectId;
  if (scopes === undefined) return null;
  const open = new Set(Object.keys(meant));
  for (
    const { value } of (await post("Runtime.getProperties", { objectId: scopes, ...own })).result
  ) {
    if (value?.objectId === undefined) continue;
    const properties = { objectId: value.objectId, ...own };
    for (const { name, value: held } of (await post("Runtime.getProperties", properties)).result) {
      if (!open.delete(name) || held === undefined) continue;
      const isSame = held.objectId === undefined
        ? Object.is(primitiveOf(held), meant[name])
        : await isMeant(post, held.objectId, { place, name });
      if (!isSame) return name;
    }
  }
  return null;
}

/** A number, text or the like. */
function primitiveOf({ value, unserializableValue }: NonNullable<Remote["value"]>): unknown {
  return unserializableValue === undefined ? value : Number(unserializableValue);
}

/** Whether an object is what a name should mean. */
async function isMeant(
  post: Post,
  objectId: string,
  { place, name }: { readonly place: string; readonly name: string },
): Promise<boolean> {
  const { result } = await post("Runtime.callFunctionOn", {
    objectId,
    functionDeclaration: `function (name) { return this === ${place}.meant[name]; }`,
    arguments: [{ value: name }],
    returnByValue: true,
  });
  return (result as { readonly value?: unknown }).value === true;
}
