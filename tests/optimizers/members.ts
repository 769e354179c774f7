/**
 * The one list of optimizers, with the laws that hold for each.
 *
 * @module
 */
import {
  adamW,
  chain,
  clipNorm,
  muon,
  type Optimizer,
  type Rate,
  scaleBy,
  sgd,
  signDescent,
  spectralDescent,
} from "resolvent";

/** An optimizer whose state is not looked into: the suite only hands it on. */
export type Opaque = Optimizer<null>;

/** A member of the family, with the laws that hold for it. */
export type Member = {
  readonly name: string;
  /** Makes it with a learning rate; spectral descent has a curvature instead. */
  readonly make: (learningRate: Rate) => Opaque;
  /** The group with which its updates commute. */
  readonly commutes: "orthogonal" | "signed permutations";
  /** Power with which an update grows with the gradient, null where there is none. */
  readonly degree: 0 | 1 | null;
  /** Whether the update is linear in the gradient. */
  readonly linear: boolean;
  /** Whether the update of the transpose is the transpose of the update. */
  readonly transposes: boolean;
};

function opaque<S>(optimizer: Optimizer<S>): Opaque {
  return optimizer as unknown as Opaque;
}

const spectral = { commutes: "orthogonal", degree: 0, linear: false, transposes: false } as const;
const linear = { commutes: "orthogonal", degree: 1, linear: true, transposes: true } as const;
const entrywise = {
  commutes: "signed permutations",
  degree: 0,
  linear: false,
  transposes: true,
} as const;

/** Every optimizer; adding one to the library means adding it here. */
export const MEMBERS: readonly Member[] = [
  { name: "sgd", make: (learningRate) => opaque(sgd({ learningRate })), ...linear },
  {
    name: "sgd with momentum",
    make: (learningRate) => opaque(sgd({ learningRate, momentum: 0.7 })),
    ...linear,
  },
  {
    name: "sgd with Nesterov momentum",
    make: (learningRate) => opaque(sgd({ learningRate, momentum: 0.7, nesterov: true })),
    ...linear,
  },
  {
    name: "adamW",
    make: (learningRate) => opaque(adamW({ learningRate, weightDecay: 0, epsilon: 1e-12 })),
    ...entrywise,
  },
  {
    name: "signDescent",
    make: (rate) => opaque(signDescent({ learningRate: rate })),
    ...entrywise,
  },
  {
    name: "spectralDescent",
    make: () => opaque(spectralDescent({ curvature: 4 })),
    ...spectral,
    degree: 1,
    transposes: true,
  },
  {
    name: "muon by Newton-Schulz",
    make: (learningRate) => opaque(muon({ learningRate })),
    ...spectral,
  },
  {
    name: "muon by Polar Express",
    make: (rate) =>
      opaque(muon({ learningRate: rate, orthogonalizer: "polar-express", scale: "moonlight" })),
    ...spectral,
    transposes: true,
  },
  {
    name: "muon, exact, without Nesterov",
    make: (rate) =>
      opaque(
        muon({ learningRate: rate, orthogonalizer: "exact", nesterov: false, scale: "none" }),
      ),
    ...spectral,
    transposes: true,
  },
  {
    name: "muon, exact, at Scion's scale",
    make: (rate) => opaque(muon({ learningRate: rate, orthogonalizer: "exact", scale: "scion" })),
    ...spectral,
  },
  {
    name: "a chain of clipNorm, sgd and scaleBy",
    make: (learningRate) => opaque(chain(clipNorm(50), sgd({ learningRate }), scaleBy(0.9))),
    commutes: "orthogonal",
    degree: null,
    linear: false,
    transposes: true,
  },
];
