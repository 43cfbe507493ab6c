import type { RunState } from '../api/types.ts';
import { Badge, type Tone } from '../ui/Badge.tsx';

const TONES: Readonly<Record<RunState, Tone>> = {
  queued: 'quiet',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
  timeout: 'bad',
  lost: 'bad',
};

export const StateBadge = ({ state }: { state: RunState }) => <Badge tone={TONES[state]}>{state}</Badge>;
