export { countriesOf } from './countries-of.ts';
export type { Check, CommonProfile, FieldProfile, HistogramProfile, Profile } from './profile.ts';
export { type ProfilePlanOptions, profilePlan } from './profile-plan.ts';
export { Profiler, type ProfilerOptions } from './profiler.ts';
