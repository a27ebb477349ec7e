import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { between, type Drawn, share, sometimes, weighted } from './chance';
import { BLOB, COLLISION, DOMO, HABIT, LINE, LOGIN, SCRIPT } from './wrongs';

const MEBIBYTE = 1024 * 1024;
const LARGEST_BYTES = 64 * MEBIBYTE;
const SMALLEST_BYTES = 200;

/** As often from 1 to 2 MiB as from 32 to 64. */
const bytes = share.map((part) => Math.floor(SMALLEST_BYTES * (LARGEST_BYTES / SMALLEST_BYTES) ** part));

const ITEM = fc.record({
	kind: weighted<'empty' | 'oneRow' | 'noFinalNewline' | 'awkward' | 'awkwardNulls' | 'wide' | 'large' | 'manyQuotes'>(
		[1, 'empty'],
		[1, 'oneRow'],
		[1, 'noFinalNewline'],
		[1, 'awkward'],
		[1, 'awkwardNulls'],
		[1, 'wide'],
		[5, 'large'],
		[4, 'manyQuotes'],
	),
	bytes,
	width: between(1, 2000),
	rows: between(0, 60),
	gzip: weighted([3, false], [1, true]),
	/** Whether an older file stands under the target's name. */
	old: fc.boolean(),
	name: fc.constantFrom('sales', 'Größe 尺寸', "it's 100 % & b; c=d #1", 'Q1. results', '.hidden'),
});

const EXECUTION = fc.record({
	place: fc.constantFrom('openSsh', 'ssh2', 'ssh2Plain', 'azureBlob'),
	items: fc.oneof(
		{ weight: 3, arbitrary: fc.tuple(ITEM) },
		{ weight: 2, arbitrary: fc.array(ITEM, { minLength: 2, maxLength: 6 }) },
	),
	goesOn: fc.boolean(),
	transfer: fc.record(
		{
			maxTries: between(1, 3),
			itemsAtOnce: between(1, 6),
			connections: fc.oneof(fc.constant('auto'), between(1, 8)),
			// Together within the 96 MiB that one execution may hold.
			blockSize: between(1, 12),
			concurrency: between(1, 8),
		},
		{ requiredKeys: [] },
	),
	/** In seconds; a busy machine may stand still for one. */
	idleTimeout: between(2, 4),
	roundTripMs: weighted([4, 0], [1, 15], [1, 60]),
	domo: sometimes(40, DOMO),
	line: sometimes(25, LINE),
	/** What goes wrong on a line once, or whenever it can. */
	isLineDead: weighted([24, false], [1, true]),
	script: sometimes(30, SCRIPT),
	blob: sometimes(40, BLOB),
	habit: sometimes(35, HABIT),
	login: LOGIN,
	collision: COLLISION,
	/** Where two items have one target. */
	ifExists: weighted<'replace' | 'addNumber' | 'skip'>([3, 'replace'], [1, 'addNumber'], [1, 'skip']),
	/** When the user presses Stop. */
	stopAfterMs: sometimes(10, between(1, 3000)),
});

/** One execution of the node: what is copied, where to, how, and what goes wrong. Plain data, so that it can be shown. */
export type Draw = Drawn<typeof EXECUTION>;
export type DrawnItem = Drawn<typeof ITEM>;

/** Always the same for the same seed and number. */
export function draw(seed: number, number: number): Draw {
	// Seeds that follow each other give generators that begin alike; their digests do not.
	const own = createHash('sha256').update(`${seed}/${number}`).digest().readInt32BE();
	const [drawn] = fc.sample(EXECUTION, { seed: own, numRuns: 1, unbiased: true });
	if (drawn === undefined) throw new Error('Nothing was drawn');
	return withoutRivals(refusedAtOnce(possible(drawn)));
}

/**
 * Only what this place can suffer. A server of Azure's that refuses every time is met once, since each try waits half a minute for it;
 * one that falls silent gets small blocks, since the node gives each as long as a very slow line would take.
 */
function possible(drawn: Draw): Draw {
	const { place, blob, script, line, isLineDead, transfer } = drawn;
	if (place === 'openSsh') return { ...drawn, blob: undefined, script: undefined, habit: undefined, login: 'right' };
	if (place !== 'azureBlob') return { ...drawn, blob: undefined, script };
	const isSilent = blob?.what === 'silence' || line?.some(({ how }) => how === 'blackHole') === true;
	const isEver = !isSilent && blob?.isEver === true;
	const isDead = !isSilent && isLineDead;
	return {
		...drawn,
		script: undefined,
		habit: undefined,
		login: 'right',
		blob: blob && { ...blob, isEver },
		isLineDead: isDead,
		transfer: { ...transfer, ...(isSilent && { blockSize: 1 }), ...((isEver || isDead) && { maxTries: 1 }) },
	};
}

/** Whoever is refused at the login meets nothing else, so that every further login is one too many. */
function refusedAtOnce(drawn: Draw): Draw {
	if (drawn.login === 'right') return drawn;
	return { ...drawn, line: undefined, isLineDead: false, script: undefined, habit: undefined };
}

/** Names that collide need two items, and no older file whose content would be either's. */
function withoutRivals(drawn: Draw): Draw {
	const { collision, items } = drawn;
	if (collision !== 'target' || items.length < 2)
		return { ...drawn, collision: collision === 'target' ? undefined : collision, ifExists: 'replace' };
	const [first, ...others] = items;
	const last = others.pop();
	const fresh = [first, last].map((item) => item && { ...item, old: false });
	return { ...drawn, items: [fresh[0], ...others, fresh[1]].flatMap((item) => item ?? []) };
}
