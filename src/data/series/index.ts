export { blocksInTime } from './blocks.ts';
export { TIME_UNITS, type TimeUnit } from './clock.ts';
export { type EventOptions, eventWindows } from './events.ts';
export {
  applySeries,
  type FeatureOptions,
  fitSeries,
  recordingMoments,
  type SeriesPreprocessing,
} from './features.ts';
export { seriesFolds } from './folds.ts';
export type { Moments } from './moments.ts';
export { type ItemOptions, openItems, openSeries, type SeriesOptions } from './open.ts';
export { type RawOptions, readRawRecordings } from './raw.ts';
export { type RecordingOptions, readRecordings } from './read.ts';
export { type RecogniseOptions, recogniseSeries, type SeriesKind } from './recognise.ts';
export type { Recording, RecordingSet, SeriesFile } from './recording.ts';
export { readSeriesRows, type SeriesRowOptions } from './rows.ts';
export { drawSequences, type SequenceStarts, sequenceStarts } from './sequences.ts';
export { stepsOf } from './span.ts';
export {
  majorityLabel,
  makeWindows,
  type WindowEvents,
  type WindowOptions,
  type WindowSet,
  windowValues,
} from './windows.ts';
