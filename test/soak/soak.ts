import { setTimeout as sleep } from 'node:timers/promises';
import { type Draw, draw } from './draw';
import { suffer, type Surroundings } from './execution';
import { judge } from './oracle';
import { findingLines } from './report';
import { count, type Tally } from './tally';

/** How the soak goes on. */
export interface Course {
	readonly atOnce: number;
	/** The first execution's number; `last` ends it early. */
	readonly first: number;
	readonly last: number;
	/** No execution begins after this, on the clock of `performance.now()`. */
	readonly until: number;
	/** Ends it at once; what is under way is not judged. */
	readonly signal: AbortSignal;
}

/** Runs executions side by side until time is up; resolves when the last one has been judged. */
export async function soak(around: Surroundings, course: Course, all: Tally): Promise<void> {
	const { atOnce, until, last, signal } = course;
	const aftermaths = new Set<Promise<void>>();
	let next = course.first;
	const runner = async () => {
		while (next <= last && performance.now() < until && !signal.aborted) {
			const number = next++;
			const { aftermath } = await suffer(draw(around.seed, number), number, around);
			const judged = aftermath.then(async (witnessed) => {
				if (signal.aborted) return;
				const verdict = await judge(witnessed);
				count(all, witnessed, verdict);
				if (verdict.findings.length > 0)
					console.error(findingLines(around.seed, number, witnessed.drawn, verdict.findings));
			});
			aftermaths.add(judged);
			judged.then(
				() => aftermaths.delete(judged),
				() => undefined,
			);
		}
	};
	const over = Promise.all(Array.from({ length: atOnce }, runner)).then(async () => await Promise.all(aftermaths));
	await Promise.race([over, stopped(signal)]);
}

async function stopped(signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Loads and compiles what every transfer needs: one of each kind, and nothing goes wrong. */
export async function warmUp(around: Surroundings): Promise<void> {
	const calm = { domo: undefined, line: undefined, script: undefined, blob: undefined, stopAfterMs: undefined };
	const plain = { habit: undefined, login: 'right', collision: undefined, ifExists: 'replace' } as const;
	for (const place of ['openSsh', 'ssh2', 'ssh2Plain', 'azureBlob'] as const) {
		const drawn: Draw = { ...draw(around.seed, 0), ...calm, ...plain, place, roundTripMs: 0, isLineDead: false };
		const { aftermath } = await suffer(drawn, 0, around);
		const { findings } = await judge(await aftermath);
		if (findings.length > 0) throw new Error(findings.map(({ what }) => what).join('\n'));
	}
}

/** Waits until something holds, or for so long. */
export async function settled(holds: () => boolean, withinMs: number): Promise<boolean> {
	for (const until = Date.now() + withinMs; Date.now() < until && !holds(); ) await sleep(100);
	return holds();
}
