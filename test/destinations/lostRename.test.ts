import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CommitOutcomeUnknown, type Target, type UploadResult } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import type { Habit } from '../../sandbox/habits/habit';
import { oneAtATime } from '../../sandbox/habits/handles';
import { ignoresAttributes } from '../../sandbox/habits/rights';
import type { Folder } from '../../sandbox/ssh2Disk';
import type { Instead, Refuse } from '../../sandbox/ssh2Requests';
import { type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';

const DENIED = 3;

interface Outcome {
	readonly fault: unknown;
	readonly result: UploadResult;
	/** What the target holds in the end; undefined when it is not there. */
	readonly content: string | undefined;
}

interface Scene extends Ssh2ServerOptions {
	readonly target?: Target;
	/** What the target holds before, where a file may be replaced. */
	readonly old?: string | undefined;
	/** What becomes of the first request that gives the file its name. */
	readonly rename?: Instead;
	/** What happens to the target once it is there, before the server answers. */
	readonly then?: (path: string) => Promise<void>;
}

/** Publishes `all of it`. */
async function published(scene: Scene): Promise<Outcome> {
	const { target = targetOf(), old = 'old', rename, then, refuse, ...options } = scene;
	let path = '';
	let isRenamed = false;
	const answer: Refuse = async (request) => {
		if (isRenamed || !/(?:RENAME|LINK)$/.test(request.name)) return await refuse?.(request);
		isRenamed = true;
		return rename;
	};
	const followed = (work: Folder['replace']): Folder['replace'] => {
		return async (from, to) => {
			const reply = await work(from, to);
			if (to === 'file.csv' && 'status' in reply && reply.status === 0) await then?.(path);
			return reply;
		};
	};
	const habit: Habit = (folder) => ({
		...folder,
		replace: followed(folder.replace),
		RENAME: followed(folder.RENAME),
	});
	// Most servers look at a file once its rename is done.
	const habits = [...(options.habits ?? []), habit, oneAtATime()];
	const server = await startSsh2Server({ posixRename: true, ...options, habits, refuse: answer });
	path = join(server.root, 'file.csv');
	await writeFile(join(server.root, 'other.csv'), 'by another program');
	const destination = openSftp({ ...passwordFieldsOf(server), idleMs: 2000 });
	try {
		if (target.replace) await writeFile(path, old);
		const upload = await destination.openUpload(target, new AbortController().signal);
		await upload.write(Readable.from([Buffer.from('all of it')]));
		const fault: unknown = await upload.commit().catch((reason: unknown) => reason);
		const result = upload.result();
		if (fault !== undefined) await upload.abort();
		return { fault, result, content: await readFile(path, 'utf8').catch(() => undefined) };
	} finally {
		await destination.close();
		await server.close();
	}
}

const maybePublished = (fault: unknown, retryable: boolean) => {
	expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
	expect(fault).toMatchObject({
		message: expect.stringContaining('was lost while file.csv was being published'),
		hint: expect.stringContaining('The target may already hold the new file'),
		retryable,
	});
};

/** Shows nothing by a path. */
const blind: Refuse = ({ name }) => (/^(?:L?STAT|OPENDIR)$/.test(name) ? DENIED : undefined);
const withoutSizes: Refuse = ({ name }) => {
	if (name === 'OPENDIR') return DENIED;
	return /^L?STAT$/.test(name) ? { without: ['size'] } : undefined;
};

describe('a rename whose answer was lost may be done', () => {
	const cases: ReadonlyArray<readonly [what: string, scene: Scene]> = [
		['and the target was taken away since', { then: async (path) => await rm(path) }],
		['and the target was replaced since', { then: async (path) => await writeFile(path, 'by another program') }],
		['on a server that shows nothing', { refuse: blind }],
		['on a server that shows no sizes', { refuse: withoutSizes }],
	];
	it.each(cases)('%s', async (_, scene) => {
		maybePublished((await published({ rename: 'replyLost', ...scene })).fault, true);
	});

	it('and be what has the name on a server that shows nothing', async () => {
		const target = targetOf({ replace: false });
		maybePublished((await published({ rename: 'replyLost', refuse: blind, target })).fault, false);
	});
});

describe('a second name of the part file whose answer was lost', () => {
	const linking: Scene = {
		target: targetOf({ replace: false }),
		...{ posixRename: false, extensions: ['hardlink@openssh.com'], renameReplaces: true },
		rename: 'replyLost',
	};

	it('is found again by its times', async () => {
		const { fault, content } = await published(linking);
		expect({ fault, content }).toEqual({ fault: undefined, content: 'all of it' });
	});

	it('may be what has the name on a server that ignores times', async () => {
		const { fault, content } = await published({ ...linking, habits: [ignoresAttributes()] });
		maybePublished(fault, false);
		expect(content).toBe('all of it');
	});

	it('is not what has the name when that has another size', async () => {
		const other: Habit = (folder) => ({
			...folder,
			link: async (from, to) => {
				if (to !== 'file.csv') return await folder.link(from, to);
				return await folder.link('other.csv', to);
			},
		});
		const { fault } = await published({ ...linking, habits: [ignoresAttributes(), other] });
		expect(fault).toMatchObject({ reason: 'targetExists' });
	});
});

test('an empty file that was to keep the name, and whose answer was lost, is not taken for that of another program', async () => {
	let isLost = false;
	const refuse: Refuse = (request) => {
		if (request.name !== 'OPEN' || request.paths[0] !== 'file.csv' || isLost) return withoutSizes(request);
		isLost = true;
		return 'replyLost';
	};
	const target = targetOf({ replace: false });
	const { fault } = await published({ ...{ posixRename: false, renameReplaces: true }, refuse, target });
	maybePublished(fault, false);
});

it.each([
	['shows all', undefined],
	['shows nothing', blind],
	['shows no sizes', withoutSizes],
])('a rename that was lost on its way is sent again to a server that %s', async (_, refuse) => {
	const { fault, content } = await published({ rename: 'disconnect', ...(refuse && { refuse }) });
	expect({ fault, content }).toEqual({ fault: undefined, content: 'all of it' });
});

test('a rename that the server confirms and does not do is an error', async () => {
	const { fault, content } = await published({ rename: 0 });
	expect(fault).toMatchObject({ message: expect.stringContaining('the file still has its temporary name') });
	expect(fault).toMatchObject({ reason: 'incomplete', retryable: true });
	expect(content).toBe('old');
});

test('a rename that leaves a shorter file is an error', async () => {
	const { fault, content } = await published({ then: async (path) => await truncate(path, 3) });
	expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
	expect(fault).toMatchObject({ message: expect.stringContaining('has 3 bytes instead of 9'), reason: 'incomplete' });
	expect(content).toBe('all');
});

test('a file that a reader takes away at once is published, and a note says so', async () => {
	const { fault, result } = await published({ then: async (path) => await rm(path) });
	expect(fault).toBeUndefined();
	expect(result.notes).toEqual([expect.stringContaining('another program may have taken it away')]);
});

describe('on a server without posix-rename', () => {
	it('what the target shows is asked for right behind the rename, and only once', async () => {
		const asked: string[] = [];
		const refuse: Refuse = ({ name, paths }) => {
			if (paths.at(-1) === 'file.csv') asked.push(name);
			return undefined;
		};
		const server = await startSsh2Server({ refuse, habits: [oneAtATime()] });
		const destination = openSftp(passwordFieldsOf(server));
		try {
			const upload = await destination.openUpload(targetOf(), new AbortController().signal);
			await upload.write(Readable.from([Buffer.from('all of it')]));
			asked.length = 0;
			await upload.commit();
			expect(asked).toEqual(['RENAME', 'STAT']);
		} finally {
			await destination.close();
			await server.close();
		}
	});

	it('a rename that leaves a shorter file is an error, also where the old one had the size of the new one', async () => {
		const { fault, content } = await published({
			...{ posixRename: false, old: 'as before' },
			then: async (path) => await truncate(path, 3),
		});
		expect(fault).toMatchObject({ message: expect.stringContaining('has 3 bytes instead of 9'), reason: 'incomplete' });
		expect(content).toBe('all');
	});
});
