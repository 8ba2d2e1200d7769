import { InputError, nearest } from '../../array/errors.ts';
import type { BuiltEncoder, Encoder, ItemKind } from './encoder.ts';
import { encoders } from './list.ts';

/** An encoder with the settings that differ from its defaults, as plain JSON: { kind: 'mlp', widths: [64, 32] }. */
export interface EncoderSpec {
  readonly kind: string;
  readonly [setting: string]: unknown;
}

const LAYOUT: Readonly<Record<ItemKind, readonly string[]>> = {
  rows: ['inputs'],
  series: ['channels', 'length'],
  pictures: ['channels', 'height', 'width'],
};

/**
 * The encoder of a spec and all its settings, defaults filled in.
 * @throws InputError naming the encoder, the setting and what is allowed
 */
export function readEncoder({ kind, ...chosen }: EncoderSpec): { encoder: Encoder; settings: Record<string, unknown> } {
  const encoder = encoders.find(({ name }) => name === kind);
  if (!encoder) throw new InputError(`encoder "${kind}" is not known; ${thereAre(kind, names(encoders))}`);
  const { settings: rules } = encoder;
  const settings = Object.fromEntries(Object.entries(rules).map(([key, rule]) => [key, rule.default]));
  for (const [key, value] of Object.entries(chosen)) {
    if (!Object.hasOwn(rules, key))
      throw new InputError(`encoder "${kind}" has no setting "${key}"; ${thereAre(key, Object.keys(rules))}`);
    if (value === undefined) continue;
    const { must, fits } = rules[key];
    if (!fits(value)) throw new InputError(`encoder "${kind}": ${key} must be ${must}, got ${JSON.stringify(value)}`);
    settings[key] = value;
  }
  return { encoder, settings };
}

/**
 * Makes an encoder for items of one shape: [inputs], [channels, length] or [channels, height, width].
 * @returns its layer, the width D of an embedding, and the shape of one item's embedding: [D], or [D, length] where every
 *   point in time has its own
 * @throws InputError when the spec is wrong or the encoder does not take such items
 */
export function encoderOf(spec: EncoderSpec, shape: readonly number[]): BuiltEncoder & { readonly width: number } {
  const { encoder, settings } = readEncoder(spec);
  if (shape.some((length) => !Number.isInteger(length) || length < 1))
    throw new RangeError(`encoder "${spec.kind}": lengths must be whole numbers >= 1, got [${shape.join(', ')}]`);
  if (!encoder.takes.some((kind) => LAYOUT[kind].length === shape.length))
    throw new InputError(
      `encoder "${spec.kind}" takes ${encoder.takes.map(layout).join(' or ')}, got items of shape [${shape.join(', ')}]; ` +
        `${fitting(shape.length)}`,
    );
  const built = encoder.build(shape, settings);
  return { ...built, width: built.embedding[0] };
}

const names = (list: readonly Encoder[]) => list.map(({ name }) => name);
const layout = (kind: ItemKind) => `${kind} [${LAYOUT[kind].join(', ')}]`;

function thereAre(wanted: string, known: readonly string[]): string {
  const near = nearest(wanted, known);
  return `there are: ${known.join(', ')}${near ? ` (did you mean "${near}"?)` : ''}`;
}

/** Which encoders take items of that rank. */
function fitting(rank: number): string {
  const kind = (Object.keys(LAYOUT) as ItemKind[]).find((k) => LAYOUT[k].length === rank);
  if (!kind) return `no encoder takes ${rank} axes`;
  return `for ${layout(kind)} there are: ${names(encoders.filter(({ takes }) => takes.includes(kind))).join(', ')}`;
}

/**
 * Reads `name` or `name:setting=value:...` as typed on the command line; a list is `64+32`.
 * @throws InputError naming the encoder, the setting and what is allowed
 */
export function parseEncoder(text: string): EncoderSpec {
  const [kind, ...pairs] = text.trim().split(':');
  const settings = pairs.map((pair): [string, unknown] => {
    const [key, value, ...rest] = pair.split('=');
    if (!key || value === undefined || value === '' || rest.length > 0)
      throw new InputError(`encoder "${text}": "${pair}" is not of the form setting=value`);
    return [key, typed(value)];
  });
  const plain = { kind, ...Object.fromEntries(settings) };
  const { settings: known } = readEncoder({ kind });
  // A list of one looks like a number.
  const spec = Object.fromEntries(
    Object.entries(plain).map(([key, value]) => [
      key,
      Array.isArray(known[key]) && typeof value === 'number' ? [value] : value,
    ]),
  ) as EncoderSpec;
  readEncoder(spec);
  return spec;
}

function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.includes('+')) return text.split('+').map(Number);
  return Number.isNaN(Number(text)) ? text : Number(text);
}
