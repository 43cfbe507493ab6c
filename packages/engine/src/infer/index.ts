/** Column names to fields: what a table's columns are called tells what their values look like. */
export { guessTypes } from './guess-types.ts';
export { inferTemplate } from './infer-template.ts';
export {
  type Candidate,
  CONFIDENT,
  type Inference,
  type InferenceSource,
  type InferOptions,
  type InferredField,
} from './inference.ts';
