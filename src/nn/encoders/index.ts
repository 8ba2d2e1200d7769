export type { BuiltEncoder, Encoder, ItemKind } from './encoder.ts';
export { encoders } from './list.ts';
export { type EncoderSpec, encoderOf, parseEncoder, readEncoder } from './spec.ts';
