import { groupRecall } from '../groups.ts';

/** Mean recall over the classes with fewer than 20 training items. */
export const recallFew = groupRecall('few');
