import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { openSftp } from '../../../../core/destinations/sftp/destination';
import { WritebackError } from '../../../../core/support/errors';
import { startSsh2Server } from '../../../../sandbox/ssh2Server';
import { fieldsFor } from '../../../hostile/ssh/fields';
import { string, uint32 } from '../../../hostile/ssh/bytes';
import { answer, ANSWER, polite, REQUEST, type Respond, serveRaw, status } from '../../../hostile/ssh/rawSftp';
import { TARGET } from '../../../target';
import { sessionTo } from './sessionTo';

/** Serves what `script` says until the test is over, and does one writeback; resolves to what becomes of it. */
async function outcomeOf(script: Respond, { temporary }: Pick<typeof TARGET, 'temporary'> = TARGET): Promise<unknown> {
	const server = await startSsh2Server({ sftp: (channel) => serveRaw(channel, script) });
	const destination = openSftp({ ...fieldsFor(server.port, 400), password: server.password });
	const stop = AbortSignal.timeout(10_000);
	try {
		await destination.stat(TARGET, stop);
		const upload = await destination.openUpload({ ...TARGET, ...(temporary && { temporary }) }, stop);
		try {
			await upload.write(Readable.from([Buffer.alloc(50_000, 'a')]));
			await upload.commit();
		} catch (fault) {
			await upload.abort();
			throw fault;
		}
		return 'written';
	} catch (fault) {
		return fault;
	} finally {
		await destination.close();
		await server.close();
	}
}

/** In our words: no error of the engine's, and not the end of the test's patience. */
function expectTold(outcome: unknown): void {
	if (outcome === 'written') return;
	expect(outcome).toBeInstanceOf(WritebackError);
	expect(outcome).not.toMatchObject({ reason: 'cancelled' });
	expect(String(outcome)).not.toMatch(/undefined|NaN|is not |Cannot read|ERR_|ndex/);
}

const TYPES = Object.values(ANSWER);

/** What each type holds when it is well-formed. */
const CONTENTS: Readonly<Record<number, Buffer>> = {
	[ANSWER.version]: uint32(3),
	[ANSWER.status]: Buffer.concat([uint32(0), string(''), string('')]),
	[ANSWER.handle]: string('a handle'),
	[ANSWER.data]: string('some data'),
	[ANSWER.name]: Buffer.concat([uint32(1), string('file.csv'), string('file.csv'), uint32(0)]),
	[ANSWER.attrs]: uint32(0),
	[ANSWER.extended]: Buffer.alloc(11 * 8, 1),
};

const EXPECTED = { open: ANSWER.handle, opendir: ANSWER.handle, read: ANSWER.data, readdir: ANSWER.name } as const;
const expectedFor = (request: keyof typeof REQUEST): number =>
	({ ...EXPECTED, lstat: ANSWER.attrs, stat: ANSWER.attrs, fstat: ANSWER.attrs })[request as keyof typeof EXPECTED] ??
	ANSWER.status;

/** Requests that every writeback sends. */
const SENT = ['open', 'close', 'read', 'write', 'lstat', 'fstat', 'opendir', 'readdir', 'extended'] as const;
const PAIRS = SENT.flatMap((request) =>
	TYPES.filter((type) => type !== expectedFor(request)).map((type) => [request, type] as const),
);

test.each(PAIRS)('a request %s that is answered with packet type %i ends in our words', async (request, type) => {
	const rest = polite();
	const script: Respond = (asked) =>
		asked.type === REQUEST[request] ? answer(type, asked.id, CONTENTS[type] ?? Buffer.alloc(0)) : rest(asked);
	expectTold(await outcomeOf(script));
});

test('whatever one request is answered with, a writeback ends in our words', async () => {
	const type = fc.oneof(fc.constantFrom(...TYPES), fc.nat({ max: 255 }));
	const content = fc.oneof(
		fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
		fc.constantFrom(...Object.values(CONTENTS)),
		fc.nat().map((code) => Buffer.concat([uint32(code), string('no'), string('')])),
	);
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: 25 }), type, content, fc.boolean(), async (at, packet, bytes, isLasting) => {
			const rest = polite();
			let asked = 0;
			const outcome = await outcomeOf((request) => {
				const isTurn = isLasting ? asked >= at : asked === at;
				asked++;
				return isTurn ? answer(packet, request.id, bytes) : rest(request);
			});
			expectTold(outcome);
		}),
		{ numRuns: 15 },
	);
}, 120_000);

test.each([
	['one byte', 1n, 4096],
	['nothing', 0n, 31_952],
	['all there is', 2n ** 64n - 1n, 1024 * 1024],
])('a server whose limits are %s is written to in sound pieces', async (_, limit, bytes) => {
	const rest = polite();
	const number = Buffer.alloc(8);
	number.writeBigUInt64BE(limit);
	const version = Buffer.concat([Buffer.from([2]), uint32(3), string('limits@openssh.com'), string('1')]);
	const limits: Respond = (asked) =>
		asked.type === REQUEST.extended && asked.body.includes('limits@')
			? answer(ANSWER.extended, asked.id, number, number, number, number)
			: rest(asked);
	const server = await startSsh2Server({ sftp: (channel) => serveRaw(channel, limits, version) });
	const session = await sessionTo(server, 2_000);
	expect(session.maxWriteBytes).toBe(bytes);
	expect(session.maxReadBytes).toBe(bytes);
	session.end();
	await server.close();
});

test('limits that are no limits end the login in our words', async () => {
	const version = Buffer.concat([Buffer.from([2]), uint32(3), string('limits@openssh.com'), string('1')]);
	const server = await startSsh2Server({ sftp: (channel) => serveRaw(channel, ({ id }) => status(id, 0), version) });
	await expect(sessionTo(server, 2_000)).rejects.toThrow(/does not offer SFTP|closes the SFTP channel/);
	await server.close();
});
