import type { Classification, Representation, Result } from '../../pilot/result.ts';
import { pair } from '../arms.ts';
import type { Html } from '../html.ts';
import type { Entry } from '../language.ts';
import { armTexts } from '../text/arms.ts';
import { classTexts } from '../text/classes.ts';
import { collapseTexts } from '../text/collapse.ts';
import { comparisonTexts } from '../text/comparisons.ts';
import { confusionTexts } from '../text/confusion.ts';
import { dataTexts } from '../text/data.ts';
import { designTexts } from '../text/design.ts';
import { planeTexts } from '../text/plane.ts';
import { representTexts } from '../text/represent.ts';
import { timelineTexts } from '../text/timeline.ts';
import { trainingTexts } from '../text/training.ts';
import { ablationTexts, sweptTexts } from '../text/variants.ts';
import { ablationSection } from './ablation.ts';
import { armsSection } from './arms.ts';
import { classesSection } from './classes.ts';
import { collapseSection } from './collapse.ts';
import { comparisonsSection } from './comparisons.ts';
import { confusionSection } from './confusion.ts';
import { dataSection } from './data.ts';
import { designSection } from './design.ts';
import { planeSection } from './plane.ts';
import { representationsSection } from './representations.ts';
import { sweptSection } from './swept/index.ts';
import { timelineSection } from './timeline.ts';
import { hasLooks, trainingSection } from './training.ts';

/** A section below the verdict. */
export interface Section {
  readonly id: string;
  readonly title: Entry;
  readonly body: Html;
}

/** The sections of the page in their order: first what a decision needs, to the end what an engineer checks. */
export function sectionsOf(result: Result): readonly Section[] {
  return result.task === 'classify' ? ofClassification(result) : ofRepresentation(result);
}

function ofClassification(result: Classification): Section[] {
  return [
    { id: 'classes', title: classTexts.title, body: classesSection(result) },
    { id: 'methods', title: armTexts.title, body: armsSection(result) },
    ...ofVariants(result),
    { id: 'comparisons', title: comparisonTexts.title, body: comparisonsSection(result) },
    { id: 'collapse', title: collapseTexts.title, body: collapseSection(result) },
    { id: 'confusion', title: confusionTexts.title, body: confusionSection(result) },
    { id: 'data', title: dataTexts.title, body: dataSection(result) },
    { id: 'design', title: designTexts.title, body: designSection(result) },
  ];
}

/** What an ablation and a sweep tell, where they were asked for. */
function ofVariants(result: Classification): Section[] {
  const { ablation, sweep } = result.design;
  return [
    ...(ablation ? [{ id: 'parts', title: ablationTexts.title, body: ablationSection(result, ablation) }] : []),
    ...(sweep ? [{ id: 'settings', title: sweptTexts.title, body: sweptSection(result, sweep) }] : []),
  ];
}

function ofRepresentation(result: Representation): Section[] {
  const { a, b } = pair(result);
  const labelled = a.classes.length > 0 && b.classes.length === a.classes.length;
  const along = timelineSection(result);
  const list: (Section | false)[] = [
    { id: 'plane', title: planeTexts.title, body: planeSection(result) },
    labelled && { id: 'classes', title: classTexts.title, body: classesSection(result) },
    along !== null && { id: 'timeline', title: timelineTexts.title, body: along },
    { id: 'methods', title: representTexts.title, body: representationsSection(result) },
    hasLooks(result) && { id: 'training', title: trainingTexts.title, body: trainingSection(result) },
    { id: 'comparisons', title: comparisonTexts.title, body: comparisonsSection(result) },
    labelled && { id: 'confusion', title: confusionTexts.title, body: confusionSection(result) },
    { id: 'data', title: dataTexts.title, body: dataSection(result) },
    { id: 'design', title: designTexts.title, body: designSection(result) },
  ];
  return list.filter((section) => section !== false);
}
