import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Destination } from '../../core/destinations/destination';
import type { Refuse } from '../../sandbox/ssh2Requests';
import { filesIn, onSsh2, put, sales } from './sales';

const FAILURE = 4;
const never = (): AbortSignal => new AbortController().signal;
const fresh = (more = {}) => sales({ kind: 'none' }, { fileName: 'fresh.csv', ...more });

const cutAtSetstat: Refuse = ({ name }) => (name === 'SETSTAT' ? 'disconnect' : undefined);

async function* broken(): AsyncGenerator<Buffer> {
	yield Buffer.from('half');
	throw new Error('the source broke');
}

/** Leaves half a file that the server does not remove. */
async function fail(destination: Destination): Promise<string | undefined> {
	const upload = await destination.openUpload(fresh(), never());
	await expect(upload.write(broken())).rejects.toThrow('the source broke');
	await upload.abort();
	return upload.spoiled?.();
}

it('what a failed upload in place could not remove, a later one writes over and leaves there', async () => {
	let keeps = true;
	const refuse: Refuse = ({ name }) => (name === 'REMOVE' && keeps ? FAILURE : undefined);
	await onSsh2({ refuse }, async ({ root }, destination) => {
		expect(await fail(destination)).toContain('in/fresh.csv was written in place and is incomplete');
		keeps = false;
		expect((await put(destination, fresh(), 'all of it')).removed).toEqual([]);
		expect(await readFile(join(root, 'in/fresh.csv'), 'utf8')).toBe('all of it');
	});
});

it('a file in place that is complete stays, although its times could not be set', async () => {
	await onSsh2({ refuse: cutAtSetstat }, async ({ root }, destination) => {
		const target = fresh({ attributes: { ...sales({ kind: 'none' }).attributes, asOf: new Date(0) } });
		await expect(put(destination, target, 'all of it')).rejects.toMatchObject({
			hint: expect.stringContaining('The target holds the new file, complete'),
			retryable: true,
		});
		expect(await readFile(join(root, 'in/fresh.csv'), 'utf8')).toBe('all of it');
	});
});

it('where nothing may be replaced, the next try would find that file, so there is none', async () => {
	await onSsh2({ refuse: cutAtSetstat }, async (_, destination) => {
		const attributes = { ...sales({ kind: 'none' }).attributes, asOf: new Date(0) };
		const target = fresh({ attributes, replace: false });
		await expect(put(destination, target, 'all of it')).rejects.toMatchObject({ retryable: false });
	});
});

it('an upload in place that is dropped before its first byte closes its file and removes it', async () => {
	const asked: string[] = [];
	await onSsh2({ refuse: ({ name }) => void asked.push(name) }, async ({ root }, destination) => {
		const upload = await destination.openUpload(fresh(), never());
		expect(asked).not.toContain('CLOSE');
		await upload.abort();
		expect(asked).toContain('CLOSE');
		expect(await filesIn(root)).toEqual(['in/sales.csv']);
	});
});
