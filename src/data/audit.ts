import { duplicateRows } from './audit/duplicates.ts';
import { identifiers } from './audit/identifiers.ts';
import { labelLeaks } from './audit/leak.ts';
import type { Suspects } from './audit/suspects.ts';
import { emptyOrConstant, valueNotes } from './audit/values.ts';
import { flag } from './columns.ts';
import type { Finding } from './dataset.ts';

/** What the audit found, and the columns that it leaves out with the finding that says why. */
export interface Audit {
  readonly findings: readonly Finding[];
  readonly excluded: ReadonlyMap<string, Finding>;
}

/**
 * Looks at the labelled rows before any training, cheapest question first; a column that one rule leaves out is not asked
 * about again. Kinds: `all-missing`, `constant`, `identifier`, `label-leak` (left out), `missing`, `date`,
 * `high-cardinality`, `number-like-text`, `duplicate-rows` (said). A column in `keep` stays, with a warning.
 */
export function audit(suspects: Suspects, keep: ReadonlySet<string>): Audit {
  const findings: Finding[] = [];
  const excluded = new Map<string, Finding>();
  let inputs = suspects.inputs;
  for (const rule of [emptyOrConstant, identifiers, labelLeaks]) {
    for (const finding of rule({ ...suspects, inputs })) {
      const name = finding.column ?? '';
      if (finding.severity !== 'excluded') findings.push(finding);
      else if (keep.has(name)) findings.push(asAsked(finding, name));
      else {
        findings.push(finding);
        excluded.set(name, finding);
      }
    }
    inputs = inputs.filter(({ name }) => !excluded.has(name));
  }
  for (const column of inputs) findings.push(...valueNotes(column, suspects.rows));
  findings.push(...duplicateRows(inputs, suspects.rows, suspects.labels));
  return { findings, excluded };
}

const asAsked = (finding: Finding, name: string): Finding => ({
  ...finding,
  severity: 'warning',
  detail: `${finding.detail}; kept as asked`,
  override: flag('ignore', name),
});
