import { readFileSync, writeFileSync } from 'node:fs';
import { constants, monitorEventLoopDelay, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import type { WritebackReport } from './job';

const RESOLUTION_MS = 10;

/** Starts measuring this process; what it returns stops and tells. */
export function meters(): () => Omit<WritebackReport, 'receipts' | 'tallyMs' | 'tallyBytes'> {
	const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	const collections = fullCollections();
	const residentBefore = resident('VmRSS');
	resetPeak();
	const cpu = process.cpuUsage();
	const startedAt = performance.now();
	loop.enable();
	return () => {
		loop.disable();
		const wallMs = performance.now() - startedAt;
		const endedAt = Date.now();
		const { user, system } = process.cpuUsage(cpu);
		return {
			wallMs,
			endedAt,
			cpuMs: (user + system) / 1000,
			residentBefore,
			residentPeak: resident('VmHWM'),
			loopP50: loop.percentile(50) / 1e6,
			loopP99: loop.percentile(99) / 1e6,
			loopMax: loop.max / 1e6,
			...collections(),
		};
	};
}

/** Counts V8's searches of the whole heap from now on, and how long the process stood still for them. */
function fullCollections(): () => Pick<WritebackReport, 'fullCollections' | 'pausedMs'> {
	const pauses: number[] = [];
	const take = (entries: readonly PerformanceEntry[]): void => {
		for (const entry of entries) {
			const kind: unknown = Reflect.get(Object(Reflect.get(entry, 'detail')), 'kind');
			if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) pauses.push(entry.duration);
		}
	};
	const observer = new PerformanceObserver((list) => take(list.getEntries()));
	observer.observe({ entryTypes: ['gc'] });
	return () => {
		take(observer.takeRecords());
		observer.disconnect();
		return { fullCollections: pauses.length, pausedMs: pauses.reduce((sum, pause) => sum + pause, 0) };
	};
}

/** Linux's own count; the highest since `resetPeak`, or since the process began where that is not allowed. */
function resident(line: 'VmRSS' | 'VmHWM'): number {
	const [, kibibytes] = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	if (kibibytes === undefined) throw new Error('Resident memory is read from /proc, which only Linux has');
	return Number(kibibytes) * 1024;
}

/** What loading n8n took for a moment is not the transfer's: 5 resets the mark (proc(5), clear_refs). */
function resetPeak(): void {
	writeFileSync('/proc/self/clear_refs', '5');
}
