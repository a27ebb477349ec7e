import { setTimeout as sleep } from 'node:timers/promises';
import { CommitOutcomeUnknown } from '../../../core/destinations/destination';
import { writeback } from '../../../core/transfer/writeback';
import { domoOf, memoryDestination, requestOf } from './scene';

const PARTS = { splitRows: 1 };
const never = (): AbortSignal => new AbortController().signal;

/** A writeback of four parts, whose first ones another execution publishes while the last one is being published. */
async function amongOthers(ifExists: string) {
	const destination = memoryDestination(({ fileName }) => {
		if (fileName !== 'sales-00003.csv') return;
		for (const part of [1, 2, 3]) destination.files.set(`sales-0000${part}.csv`, 'other');
	});
	const work = writeback(requestOf({ ifExists }, PARTS), { domo: domoOf(4), destination, signal: never() });
	return { fault: await work.catch((fault: unknown) => fault), files: [...destination.files].sort() };
}

test.each(['skip', 'addNumber', 'fail'])(
	'with If Exists %s, parts that another execution publishes in between are no set to skip, and no number is added',
	async (ifExists) => {
		const { fault, files } = await amongOthers(ifExists);
		expect(fault).toMatchObject({
			reason: 'targetExists',
			retryable: false,
			hint: 'Try again. Already published, each of them complete: sales-00004.csv. Not published: sales-00003.csv, sales-00002.csv, sales-00001.csv. Remove what is there, then try again.',
		});
		expect(files).toEqual([
			['sales-00001.csv', 'other'],
			['sales-00002.csv', 'other'],
			['sales-00003.csv', 'other'],
			['sales-00004.csv', 'a\nr3\n'],
		]);
	},
);

test('all files of a set have one and the same time to be published after a stop, and the message says which have been', async () => {
	const stop = new AbortController();
	const destination = memoryDestination(async () => {
		stop.abort();
		await sleep(3_000);
	});
	const request = requestOf({ ifExists: 'replace' }, PARTS);
	const startedAt = performance.now();
	const fault: unknown = await writeback(request, { domo: domoOf(5), destination, signal: stop.signal }).catch(
		(cause: unknown) => cause,
	);
	expect(performance.now() - startedAt).toBeLessThan(8_000);
	expect(fault).toMatchObject({
		reason: 'cancelled',
		hint: 'Already published, each of them complete: sales-00005.csv, sales-00004.csv. Not published: sales-00003.csv, sales-00002.csv, sales-00001.csv. Try again to publish all of them.',
	});
	expect([...destination.files.keys()].sort()).toEqual(['sales-00004.csv', 'sales-00005.csv']);
}, 20_000);

test('where it is not known whether one file of a set was published, the message names it, and what is missing for certain', async () => {
	const destination = memoryDestination(({ fileName }) => {
		if (fileName !== 'sales-00012.csv') return;
		throw new CommitOutcomeUnknown('targetRefused', 'A response was lost', { hint: 'It may be there.' });
	});
	const work = writeback(requestOf({}, PARTS), { domo: domoOf(12), destination, signal: never() });
	await expect(work).rejects.toMatchObject({
		hint: 'sales-00012.csv: It may be there. Not published: sales-00011.csv, sales-00010.csv, sales-00009.csv, sales-00008.csv, sales-00007.csv, sales-00006.csv, sales-00005.csv, sales-00004.csv, sales-00003.csv, sales-00002.csv, 1 more. Try again to publish all of them.',
	});
});

/** A writeback with If Exists Fail of whose files the one of this name is damaged once, found, and removed or left. */
async function damagedOnce(name: string, isRemoved: boolean, format: Parameters<typeof requestOf>[1] = {}) {
	let isSound = false;
	const destination = memoryDestination(({ fileName }) => {
		if (fileName !== name || isSound) return;
		isSound = true;
		if (!isRemoved) destination.files.set(name, 'damaged');
		const hint = isRemoved ? 'It was removed. Try again.' : 'Delete it, and then try again.';
		throw new CommitOutcomeUnknown('incomplete', 'The blob differs', { hint, retryable: isRemoved });
	});
	const request = requestOf({ ifExists: 'fail', doneFile: 'empty' }, format);
	const work = writeback(request, { domo: domoOf(2), destination, signal: never() });
	return { outcome: await work.catch((fault: unknown) => fault), files: [...destination.files.keys()].sort() };
}

test.each([
	['has a done file', 'sales.csv', {}, ['sales.csv', 'sales.done']],
	['is the first of a set', 'sales-00002.csv', PARTS, ['sales-00001.csv', 'sales-00002.csv', 'sales.done']],
])('a damaged file that was removed is written again, also where it %s', async (_, name, format, all) => {
	const { outcome, files } = await damagedOnce(name, true, format);
	expect(outcome).toMatchObject({ tries: 2 });
	expect(files).toEqual(all);
});

test('a damaged file that stays is in the way of the next try, and so is a file of the set that is published', async () => {
	const next = { retryable: false, hint: expect.stringMatching(/Remove what is there, then try again\.$/) };
	expect(await damagedOnce('sales.csv', false)).toMatchObject({ outcome: next, files: ['sales.csv'] });
	const second = await damagedOnce('sales-00001.csv', true, PARTS);
	expect(second).toMatchObject({ outcome: next, files: ['sales-00002.csv'] });
});
