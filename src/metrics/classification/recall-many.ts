import { groupRecall } from '../groups.ts';

/** Mean recall over the classes with more than 100 training items. */
export const recallMany = groupRecall('many');
