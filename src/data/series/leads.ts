import { InputError, nearest } from '../../array/errors.ts';
import { many } from '../columns.ts';
import type { Finding } from '../dataset.ts';
import type { RawRecord } from './meta.ts';

/** A file of raw samples and what meta.json says about its record. */
export interface Source {
  readonly file: string;
  readonly record: string;
  readonly meta: RawRecord;
}

/** Which channels are read, and what they are called. */
export interface Leads {
  readonly names: readonly string[];
  /** Of each record, where in the file each of the channels stands. */
  readonly places: readonly (readonly number[])[];
  readonly findings: readonly Finding[];
}

/**
 * Finds channels by name or by position (`channel 2`). Those taken by position get a name where all records agree on it; where
 * they don't, that is a finding.
 *
 * @param series channels wanted; all, by position, where not given
 * @throws InputError a channel that a record lacks, one named twice, records of several counts of channels and no `series`
 */
export function leadsOf(sources: readonly Source[], series: readonly string[] | undefined): Leads {
  const [{ file, meta }] = sources;
  const odd = sources.find((source) => source.meta.channels.length !== meta.channels.length);
  if (series === undefined && odd)
    throw new InputError(
      `${odd.file}: has ${many(odd.meta.channels.length, 'channel')}, ${file} has ${meta.channels.length}; name those that all have with --series`,
    );
  if (series?.length === 0)
    throw new InputError('--series: no channel named; name one or more, or leave it out for all');
  const twin = series?.find((name, i) => series.indexOf(name) < i);
  if (twin !== undefined) throw new InputError(`--series: channel "${twin}" stands twice; name it once`);
  const wanted = series ?? meta.channels.map((_, c) => `channel ${c + 1}`);
  const places = sources.map((source) => wanted.map((name) => placeOf(source, name)));
  const findings: Finding[] = [];
  const names = wanted.map((name, w) => {
    const tally = new Map<string, number>();
    sources.forEach(({ meta: { channels } }, i) => {
      const lead = channels[places[i][w]];
      tally.set(lead, (tally.get(lead) ?? 0) + 1);
    });
    const [[only]] = tally;
    if (tally.size === 1) return series ? name : only;
    const shares = [...tally].map(([lead, count]) => `${lead} in ${many(count, 'record')}`).join(', ');
    findings.push({
      kind: 'channel-names-differ',
      column: name,
      severity: 'warning',
      detail: `"${name}" is ${shares}: taken by its position, though it may not be the same signal`,
      override: '--series with names that all records have',
    });
    return name;
  });
  return { names, places, findings };
}

function placeOf({ file, meta: { channels } }: Source, name: string): number {
  const named = channels.indexOf(name);
  const place = named >= 0 ? named : Number(/^channel ([1-9]\d*)$/.exec(name)?.[1]) - 1;
  if (place < channels.length) return place;
  const guess = nearest(name, channels);
  throw new InputError(
    `--series: channel "${name}" not found in ${file}; it has: ${channels.join(', ')}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}; "channel 2" is the second of every record`,
  );
}
