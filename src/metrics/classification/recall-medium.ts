import { groupRecall } from '../groups.ts';

/** Mean recall over the classes with 20 to 100 training items. */
export const recallMedium = groupRecall('medium');
