import { cancelled } from './errors';

/** What ends several things that run side by side: the first fault of any of them, or the user. */
export interface FirstFault {
	/** Fires once; its `reason` is the first fault, or `cancelled`. */
	readonly signal: AbortSignal;
	readonly fail: (reason: unknown) => void;
	/** Stops listening to the user's signal. */
	readonly forget: () => void;
}

export function firstFault(stopped: AbortSignal): FirstFault {
	const failing = new AbortController();
	const stop = () => failing.abort(cancelled());
	stopped.addEventListener('abort', stop, { once: true });
	if (stopped.aborted) stop();
	return {
		signal: failing.signal,
		fail: (reason) => failing.abort(reason),
		forget: () => stopped.removeEventListener('abort', stop),
	};
}
