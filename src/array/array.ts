/** Element types that a graph can hold, each with the JavaScript array that carries it. */
export interface Storage {
  float32: Float32Array;
  float64: Float64Array;
  int32: Int32Array;
  /** Pixels: only fed, and cast before anything is computed. */
  uint8: Uint8Array;
  int64: BigInt64Array;
  bool: Uint8Array;
  string: string[];
}

export type DType = keyof Storage;

/** A dense n-d array in row-major order. `shape` [] is a scalar with one element. */
export interface NdArray<T extends DType = DType> {
  readonly dtype: T;
  readonly shape: readonly number[];
  readonly data: Storage[T];
}

/** Number of elements of a shape. */
export function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Wraps `data` without a copy. @throws RangeError when the length does not fit the shape */
export function array<T extends DType>(dtype: T, shape: readonly number[], data: Storage[T]): NdArray<T> {
  if (data.length !== size(shape))
    throw new RangeError(`array: shape [${shape}] needs ${size(shape)} elements, got ${data.length}`);
  return { dtype, shape, data };
}

/** float32 array from plain numbers or a Float32Array (the latter without a copy). */
export function float32(shape: readonly number[], data: ArrayLike<number>): NdArray<'float32'> {
  return array('float32', shape, data instanceof Float32Array ? data : Float32Array.from(data));
}

/** int32 array from plain numbers or an Int32Array (the latter without a copy). */
export function int32(shape: readonly number[], data: ArrayLike<number>): NdArray<'int32'> {
  return array('int32', shape, data instanceof Int32Array ? data : Int32Array.from(data));
}
