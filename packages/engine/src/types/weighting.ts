/**
 * How often each person and place comes: all alike, or as often as people have the name and live in the place. Family names
 * of a locale that knows their ranks come by them even where all else is alike.
 */
export const WEIGHTINGS = ['uniform', 'population'] as const;
export type Weighting = (typeof WEIGHTINGS)[number];

export const isWeighting = (value: unknown): value is Weighting => (WEIGHTINGS as readonly unknown[]).includes(value);
