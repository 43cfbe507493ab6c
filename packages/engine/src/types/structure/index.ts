import type { FieldType } from '../field-type.ts';
import { basicTypes } from './basic.ts';
import { composedTypes } from './composed.ts';
import { externalTypes } from './external.ts';
import { sampleType } from './sample.ts';
import { stateMachineType } from './state-machine.ts';
import { timeSeriesType } from './time-series.ts';

/** Types that arrange given values and other fields. */
export const structureTypes: readonly FieldType[] = [
  ...basicTypes,
  ...composedTypes,
  sampleType,
  stateMachineType,
  timeSeriesType,
  ...externalTypes,
];
