/**
 * A claim file: the claims of one paper, declared before they are measured.
 *
 * @module
 */
import * as z from "zod";
import { declare } from "./declaration.ts";
import { KINDS } from "./estimand.ts";
import type { ClaimFields, ClaimInput } from "./fields.ts";

const name = z.string().min(1);
const range = z.tuple([z.number(), z.number()]);
const count = z.int().min(1);

const declaredClaim = z.strictObject({
  id: name,
  statement: name,
  where: z.string(),
  reading: z.string().optional(),
  estimand: z.strictObject({ kind: z.enum(KINDS), of: name }),
  criterion: z.union([
    z.strictObject({ within: range, why: name }),
    z.strictObject({ outside: range, why: name }),
    z.strictObject({ atLeast: z.number(), why: name }),
    z.strictObject({ atMost: z.number(), why: name }),
  ]),
  origin: z.enum(["theorem", "paper", "convention", "pilot"]),
  setup: z.string(),
  sizes: z.strictObject({ quick: z.string(), full: z.string(), paper: z.string() }),
  covers: z.boolean(),
  n: z.union([count, z.strictObject({ quick: count, full: count })]),
  expectedSd: z.number().min(0).nullable(),
  power: z.string(),
  control: z.union([
    z.strictObject({ statement: name, setup: z.string().optional(), expected: name }),
    z.strictObject({ none: name }),
  ]),
  sensitivity: z.array(z.string()),
  cost: z.strictObject({ quick: z.number(), full: z.number() }),
  profile: z.enum(["quick", "full"]),
});

const claimFile = z.strictObject({
  paper: z.strictObject({ slug: name, title: name, arxiv: z.string(), readings: z.string() }),
  claims: z.array(declaredClaim),
  ours: z.array(declaredClaim),
  refused: z.array(z.strictObject({ claim: name, reason: name })),
  notes: z.array(z.string()),
});

/** The paper of a claim file. */
export type ClaimedPaper = {
  /** Name of the paper in the catalogue. */
  readonly slug: string;
  /** Title. */
  readonly title: string;
  /** Number on arXiv, or what stands for it. */
  readonly arxiv: string;
  /** Which version was read, and what was not seen. */
  readonly readings: string;
};

/** A paper's claims. */
export type PaperClaims = {
  /** The paper. */
  readonly paper: ClaimedPaper;
  /** The paper's statements. */
  readonly claims: readonly ClaimFields[];
  /** What a reader would ask beyond the paper. */
  readonly ours: readonly ClaimFields[];
  /** Statements without a claim, with the reason. */
  readonly refused: readonly { readonly claim: string; readonly reason: string }[];
  /** Facts that hold for several claims. */
  readonly notes: readonly string[];
};

/** Reads the text of a claim file; an error names the file and what is wrong. */
export function parseClaimFile(name: string, text: string): PaperClaims {
  const file = parseWith(claimFile, `read the claim file ${name}`, text);
  for (const { id } of [...file.claims, ...file.ours]) {
    if (id.startsWith(`${file.paper.slug}/`)) continue;
    throw new RangeError(
      `Cannot read the claim file ${name} as ids begin with the paper's slug: id is ${id}`,
    );
  }
  const declared = (list: readonly ClaimInput[]) => list.map(declare);
  return { ...file, claims: declared(file.claims), ours: declared(file.ours) };
}

/** Parses JSON and holds it against a schema; an error says what was being read, and where it fails. */
export function parseWith<S extends z.ZodType>(
  schema: S,
  doing: string,
  text: string,
): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`Cannot ${doing} as it must be JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue.path.length === 0 ? "the file" : z.core.toDotPath(issue.path);
  throw new TypeError(`Cannot ${doing} as it must follow its schema: ${path}: ${issue.message}`);
}
