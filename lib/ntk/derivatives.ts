/**
 * Products of a Jacobian with vectors at given samples, by hand-written passes or by automatic
 * differentiation.
 *
 * @module
 */
import type { ArrayKind } from "../backend/kinds.ts";
import type { Ops } from "../backend/ops.ts";
import { isTensor, type Tensor, tf } from "../backend/tf.ts";
import type { InputKind, Inputs, Model, Params } from "../models/kinds.ts";
import { jacobianVectorProduct, vectorJacobianProduct } from "../models/products.ts";

/** A model of which only its outputs can be computed: automatic differentiation does the rest. */
export type TensorModel<X = Tensor> = {
  /** Computes outputs, shape `[n, ...]`, by operations of TensorFlow.js. */
  readonly apply: (params: Params<Tensor>, x: X) => Tensor;
};

/** The Jacobian of all outputs at some samples, as what it does to vectors. */
export type Derivatives<A> = {
  /** Number of samples. */
  readonly n: number;
  /** Number of outputs of a sample. */
  readonly o: number;
  /** `Jᵀ v` for v of shape `[n, o]`, by name. */
  readonly pull: (v: A) => Params<A>;
  /** `J t`, shape `[n, o]`. */
  readonly push: (t: Params<A>) => A;
};

/** Derivatives of a model at samples by the named parameters. */
export function derivativesAt<I extends InputKind, A extends ArrayKind>(
  ops: Ops<A>,
  { model, params, only }: {
    readonly model: Model<I> | TensorModel;
    readonly params: Params<A>;
    readonly only: readonly string[];
  },
  x: Inputs<I, A>,
): Derivatives<A> {
  if (isTensor(Object.values(params)[0])) {
    return automatic(
      { apply: model.apply as never, params: params as unknown as Params<Tensor>, only },
      x,
    ) as unknown as Derivatives<A>;
  }
  const traced = model as Model<I>;
  const [n, o] = ops.shape(traced.trace(params, x).output);
  return {
    n,
    o,
    pull: (v) => vectorJacobianProduct(traced, params, x, v, { only }),
    push: (t) => jacobianVectorProduct(traced, params, x, t),
  };
}

/** Derivatives by automatic differentiation; `J t` is the derivative of `<Jᵀ v, t>` by v. */
function automatic(
  { apply, params, only }: {
    readonly apply: (params: Params<Tensor>, x: unknown) => Tensor | readonly Tensor[];
    readonly params: Params<Tensor>;
    readonly only: readonly string[];
  },
  x: unknown,
): Derivatives<Tensor> {
  const t = tf("differentiate a model");
  /** Outputs of a sample in one row. */
  function outputs(...chosen: readonly Tensor[]): Tensor {
    const named = Object.fromEntries(only.map((name, at) => [name, chosen[at]]));
    const y = apply({ ...params, ...named }, x);
    const list = Array.isArray(y) ? y as Tensor[] : [y as Tensor];
    const rows = list.map((part) => t.reshape(part, [part.shape[0], -1]));
    return rows.length === 1 ? rows[0] : t.concat(rows, 1);
  }
  const at = only.map((name) => params[name]);
  const [n, o] = t.tidy(() => outputs(...at).shape);
  /** Gradients of the inner product with v. */
  function gradients(v: Tensor): readonly Tensor[] {
    return t.grads(outputs)([...at], v);
  }
  return {
    n,
    o: o!,
    pull: (v) => Object.fromEntries(gradients(v).map((g, i) => [only[i], g])),
    push: (tangents) =>
      t.grad((v: Tensor) => {
        const terms = gradients(v).map((g, i) => t.sum(t.mul(g, tangents[only[i]])));
        return terms.reduce((sum, term) => t.add(sum, term));
      })(t.zeros([n, o!])),
  };
}
