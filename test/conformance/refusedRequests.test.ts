import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import type { Target } from '../../nodes/DomoWriteback/destinations/destination';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

const never = (): AbortSignal => new AbortController().signal;
const AS_OF = new Date('2024-02-29T12:34:56Z');

/** What a user may want of a server. */
const WISHES: Readonly<Record<string, Target>> = {
	'a new file': targetOf({ fileName: 'new.csv' }),
	'a replaced file': targetOf({ fileName: 'old.csv' }),
	'a file that may not replace': targetOf({ fileName: 'only.csv', replace: false }),
	'a new folder': targetOf({ folder: 'a/b', fileName: 'deep.csv' }),
	'a file with attributes': targetOf({ fileName: 'old.csv', attributes: { asOf: AS_OF, permissions: 0o600 } }),
	'a file written in place': targetOf({ fileName: 'old.csv', temporary: { kind: 'none' } }),
};

interface Ending {
	readonly said: string;
	readonly content: string | undefined;
	readonly names: readonly string[];
}

/** Writes as is wished, and tells how it ended and what is there. */
async function ended(server: OpenSsh, target: Target): Promise<Ending> {
	await writeFile(join(server.root, 'old.csv'), 'old');
	const destination = openSftp({ ...sftpFieldsOf(server), idleMs: 5000 });
	const said = await written(destination, target).catch((fault: unknown) => {
		const { message, hint }: { readonly message?: string; readonly hint?: string } = Object(fault);
		return `${message}. ${hint}`;
	});
	await destination.close();
	const content = await readFile(join(server.root, target.folder, target.fileName), 'utf8').catch(() => undefined);
	const names = (await readdir(server.root, { recursive: true })).filter((name) => name !== 'old.csv').sort();
	return { said, content, names };
}

async function written(destination: ReturnType<typeof openSftp>, target: Target): Promise<string> {
	const upload = await destination.openUpload(target, never());
	try {
		expect(await upload.write(Readable.from([Buffer.from('new')]))).toBe(3);
		await upload.commit();
		return ['published', ...upload.report().notes].join('\n');
	} catch (fault) {
		await upload.abort();
		throw fault;
	}
}
test.each(process.env.REQS?.split(' ') ?? [])(
	'x %s',
	async (request) => {
		const out: string[] = [];
		for (const [wish, target] of Object.entries(WISHES)) {
			const server = await startOpenSsh({ sftpArguments: request.split(':') });
			const e = await ended(server, target);
			await server.close();
			out.push(`${request} | ${wish} | ${e.content} | ${e.names} | ${e.said}`);
		}
		require('node:fs').appendFileSync('/tmp/refused.out', out.join('\n') + '\n');
	},
	60000,
);
