import type { Destination } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { message, string, uint32 } from '../hostile/ssh/bytes';
import { answer, ANSWER, polite, REQUEST, type Request, serveRaw, status } from '../hostile/ssh/rawSftp';
import { TARGET } from '../target';

const [FAILURE, NO_SPACE] = [4, 14];

/** Eleven numbers (OpenSSH's PROTOCOL, section 4.4), of which the third is the blocks that the disk has; none of them is free. */
const diskOf = (blocks: bigint) => {
	const numbers = Buffer.alloc(88);
	numbers.writeBigUInt64BE(blocks, 16);
	return numbers;
};
const NO_ROOM = diskOf(1_000_000n);
/** What file systems say that have no such numbers. */
const NO_DISK = diskOf(0n);

const VERSION = message(ANSWER.version, uint32(3), string('statvfs@openssh.com'), string('2'));

const PIECE = Buffer.alloc(65_536, 'rows ');

const PIECES = 150;
const BYTES = PIECES * PIECE.length;

async function* pieces() {
	for (let sent = 0; sent < PIECES; sent++) yield PIECE;
}

/** Resolves to how many bytes were written; the file is dropped. */
async function putPieces(destination: Destination): Promise<number> {
	const upload = await destination.openUpload(TARGET, new AbortController().signal);
	try {
		return await upload.write(pieces());
	} finally {
		await upload.abort();
	}
}

const [WRITES, CREATES] = [2, 8];
const flagsOf = ({ body }: Request) => body.readUInt32BE(4 + body.readUInt32BE());

it.each([
	['no more than that they failed', FAILURE],
	['that there is no space', NO_SPACE],
])(
	'a disk that gets full while several handles write is named, where writes say %s, and no handle is blamed',
	async (_, code) => {
		let [room, reopened] = [4_000_000, 0];
		const respond = polite();
		const server = await startSsh2Server({
			sftp: (channel) =>
				serveRaw(
					channel,
					(request) => {
						const { type, id, body } = request;
						if (type === REQUEST.open && (flagsOf(request) & CREATES) === 0) reopened += 1;
						if (type === REQUEST.extended) return answer(ANSWER.extended, id, NO_ROOM);
						if (type === REQUEST.write) room -= body.length;
						return type === REQUEST.write && room < 0 ? status(id, code) : respond(request);
					},
					VERSION,
				),
		});
		const destination = openSftp({ ...passwordFieldsOf(server), connections: 3 });
		const put = async () => {
			reopened = 0;
			return await putPieces(destination);
		};
		try {
			await expect(put()).rejects.toMatchObject({ reason: 'destinationFull' });
			expect(reopened).toBeGreaterThan(0);
			room = Infinity;
			expect(await put()).toBe(BYTES);
			// Two to write, and one to read what they wrote.
			expect(reopened).toBeGreaterThan(2);
		} finally {
			await destination.close();
			await server.close();
		}
	},
);

test('a file system that says zero for all is not full: a server that refuses a second handle gets the file in a second try', async () => {
	let isReopened = false;
	// The first file's writes wait for a second handle; later files get none.
	const held: Array<() => void> = [];
	let isHolding = true;
	const respond = polite();
	const server = await startSsh2Server({
		sftp: (channel) =>
			serveRaw(
				channel,
				(request) => {
					const { type, id } = request;
					const flags = type === REQUEST.open ? flagsOf(request) : 0;
					// It may be opened to be read, too, which changes nothing.
					if ((flags & WRITES) !== 0) isReopened = (flags & CREATES) === 0;
					if (isReopened) isHolding = false;
					if (isReopened) for (const send of held.splice(0)) send();
					if (type === REQUEST.extended) return answer(ANSWER.extended, id, NO_DISK);
					if (type !== REQUEST.write) return respond(request);
					if (isReopened) return status(id, FAILURE);
					const reply = respond(request);
					if (!isHolding || reply === undefined) return reply;
					held.push(() => channel.write(string(reply)));
					return undefined;
				},
				VERSION,
			),
	});
	const destination = openSftp({ ...passwordFieldsOf(server), connections: 3 });
	const put = async () => await putPieces(destination);
	try {
		await expect(put()).rejects.toMatchObject({ reason: 'destinationInterrupted', retryable: true });
		expect(await put()).toBe(BYTES);
	} finally {
		await destination.close();
		await server.close();
	}
});
