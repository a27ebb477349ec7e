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
			hint: expect.stringContaining('Already published, each of them complete: sales-00004.csv. Remove'),
		});
		expect(files).toEqual([
			['sales-00001.csv', 'other'],
			['sales-00002.csv', 'other'],
			['sales-00003.csv', 'other'],
			['sales-00004.csv', 'a\nr3\n'],
		]);
	},
);
