import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { allowAllHosts } from '../../../core/destinations/egressPolicy';
import { openSession, type Session } from '../../../core/destinations/sftp/connection/session';
import { openSftp } from '../../../core/destinations/sftp/destination';
import { TARGET } from '../../target';
import { fieldsFor } from './fields';

/** What is uploaded: pieces of it, and how long each takes to come. */
export interface Body {
	readonly pieces: number;
	readonly bytes: number;
	readonly everyMs: number;
}

const SMALL: Body = { pieces: 1, bytes: 100_000, everyMs: 0 };

/** Writes a file to a server as an execution does; rejects as that would. */
export async function upload(port: number, body = SMALL, idleMs = 2_000): Promise<void> {
	const stop = AbortSignal.timeout(15_000);
	const destination = openSftp(fieldsFor(port, idleMs));
	try {
		const started = await destination.openUpload(TARGET, stop);
		try {
			await started.write(Readable.from(coming(body)));
			await started.commit();
		} catch (fault) {
			await started.abort();
			throw fault;
		}
	} finally {
		await destination.close();
	}
}

/** Uses a connection of its own. */
export async function withSession(port: number, use: (session: Session) => Promise<void>): Promise<void> {
	const host = { host: '127.0.0.1', port, username: 'writer', login: { password: 's3cret' } };
	const trusting = { hostKeys: 'any', legacyAlgorithms: false, idleMs: 5_000, egress: allowAllHosts } as const;
	const session = await openSession({ ...host, ...trusting }, new AbortController().signal);
	await use(session).finally(session.end);
}

/** Asks a server one thing after the other; rejects with why the connection ended, if it does. */
export async function askUntilLost(port: number, ms: number): Promise<void> {
	await withSession(port, async (session) => {
		for (const until = Date.now() + ms; Date.now() < until; )
			await session.request('attrs', (sftp, answer) => sftp.stat('.', answer));
	});
}

async function* coming({ pieces, bytes, everyMs }: Body): AsyncGenerator<Buffer> {
	for (let piece = 0; piece < pieces; piece++) {
		if (everyMs > 0) await sleep(everyMs);
		yield Buffer.alloc(bytes, 'a');
	}
}
