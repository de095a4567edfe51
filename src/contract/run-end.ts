import { setMaxListeners } from 'node:events';

/** The share of the time that goes to the plan; what is left is for confirming what it showed. */
const PLAN_SHARE = 0.85;

/** When a run ends, finished or not. */
export interface RunEnd {
  /** Aborted then: what is under way is cut. */
  readonly signal: AbortSignal;
  /** Why no more requests are to be sent, once that is so. */
  reason(): string | undefined;
  /** Why the plan is not to be followed any further, which is a little earlier. */
  reasonForPlan(): string | undefined;
  /** Whether somebody interrupted it. */
  isInterrupted(): boolean;
  /** Forgets the clock. */
  clear(): void;
}

/** Ends a run after so many seconds, or when it is interrupted. */
export function endAfter(seconds: number, interruption: AbortSignal | undefined): RunEnd {
  const start = performance.now();
  const controller = new AbortController();
  // Each of the requests that are under way listens to it.
  setMaxListeners(0, controller.signal);
  const end = () => controller.abort();
  const timer = setTimeout(end, seconds * 1000);
  interruption?.addEventListener('abort', end, { once: true });
  const isInterrupted = () => interruption?.aborted === true;
  const isPast = (share: number) => performance.now() - start > seconds * 1000 * share;
  const reasonAt = (share: number) => {
    if (isInterrupted()) {
      return 'it was interrupted';
    }
    return isPast(share) || controller.signal.aborted ? `its ${seconds} s were over` : undefined;
  };
  if (isInterrupted()) {
    end();
  }
  return {
    signal: controller.signal,
    reason: () => reasonAt(1),
    reasonForPlan: () => reasonAt(PLAN_SHARE),
    isInterrupted,
    clear: () => {
      clearTimeout(timer);
      interruption?.removeEventListener('abort', end);
    },
  };
}
