import { setImmediate } from 'node:timers/promises';
import type { Stats } from 'ssh2';
import type { SftpChannel } from '../connection/sftpChannel';
import { STATUS, statusOf } from '../statusErrors';
import type { ContentMac } from '../../../support/hashing/contentMac';
import { checksum, MOST_SAMPLE_BYTES, type Sample } from './blockSamples';

/** Requests under way, at most: a server far away must not be waited for once per sample. */
const MOST_SAMPLES_AT_ONCE = 4096;

/** What else this process does gets its turn after so many requests. */
const SAMPLES_A_TURN = 32;

/** Bytes asked for at once, and how many such requests are under way. Every server serves 32 KiB (draft-ietf-secsh-filexfer-02, section 3). */
const CHUNK_BYTES = 32 * 1024;
const CHUNKS_AT_ONCE = 64;

/** How many answers may make up what was asked for at once. */
const MOST_PIECES = 64;

/** A file that is open for reading. */
export interface ReadHandle {
	readonly channel: SftpChannel;
	readonly handle: Buffer;
	/** Whether the server has answered a read with data, or with the end of the file. */
	isRead?: boolean;
}

export async function openToRead(channel: SftpChannel, path: string): Promise<ReadHandle> {
	return { channel, handle: await channel.open((sftp, answer) => sftp.open(path, 'r', answer)) };
}

/** Its size; undefined when the server does not say. Rejects when the connection is lost. */
export async function sizeByHandle({ channel, handle }: ReadHandle): Promise<number | undefined> {
	try {
		const { size }: Partial<Stats> = await channel.request('attrs', (sftp, answer) => sftp.fstat(handle, answer));
		return size;
	} catch (fault) {
		if (statusOf(fault) === undefined) throw fault;
		return undefined;
	}
}

/** Where the file differs from its samples; undefined when it is like all of them. Rejects with the server's status when it cannot be read. */
export async function findDifference(file: ReadHandle, samples: Iterable<Sample>): Promise<number | undefined> {
	const rest = samples[Symbol.iterator]();
	let difference: number | undefined;
	// As long as nothing is answered, the line is long enough for more.
	let mostReaders = MOST_SAMPLES_AT_ONCE;
	const readFrom = async (first: Sample) => {
		const into = Buffer.allocUnsafe(MOST_SAMPLE_BYTES);
		for (let sample: Sample | undefined = first; sample !== undefined; ) {
			const bytes = await read(file, into, sample.offset, sample.bytes);
			mostReaders = Math.min(mostReaders, 2 * readers.length);
			if (bytes !== sample.bytes || checksum(into, 0, bytes) !== sample.checksum) difference = sample.offset;
			sample = difference === undefined ? next(rest) : undefined;
		}
	};
	const readers: Array<Promise<void>> = [];
	while (readers.length < mostReaders && difference === undefined) {
		const first = next(rest);
		if (first === undefined) break;
		const reader = readFrom(first);
		// It may fail before all of them are looked at; then no more are begun.
		reader.catch(() => {
			mostReaders = 0;
		});
		readers.push(reader);
		// Each request is encrypted by itself: thousands in one go would keep the event loop to themselves.
		if (readers.length % SAMPLES_A_TURN === 0) await setImmediate();
	}
	// What else the server reads tells what a refused read means.
	await Promise.all(readers).finally(async () => await Promise.allSettled(readers));
	return difference;
}

function next(samples: Iterator<Sample>): Sample | undefined {
	const { done, value } = samples.next();
	return done === true ? undefined : value;
}

/** Gives `mac` the first `bytes` bytes of the file, which may hold fewer. Memory is bounded. Rejects with the server's status when it cannot be read. */
export async function readAll(file: ReadHandle, bytes: number, mac: ContentMac): Promise<ContentMac> {
	const inFlight: Array<Promise<Buffer>> = [];
	const free: Buffer[] = [];
	let next = 0;
	const requestMore = () => {
		for (; next < bytes && inFlight.length < CHUNKS_AT_ONCE; next += CHUNK_BYTES) {
			const into = free.pop() ?? Buffer.allocUnsafe(CHUNK_BYTES);
			const wanted = Math.min(CHUNK_BYTES, bytes - next);
			const chunk = read(file, into, next, wanted).then((count) => into.subarray(0, count));
			chunk.catch(() => undefined);
			inFlight.push(chunk);
		}
	};
	for (requestMore(); inFlight.length > 0; requestMore()) {
		const chunk = await inFlight.shift();
		if (chunk === undefined) break;
		mac.update(chunk);
		free.push(Buffer.from(chunk.buffer, chunk.byteOffset, CHUNK_BYTES));
	}
	return mac;
}

/** The size of a file, found by reading around the end that is expected: `expected` when it ends there, one more when it goes on, one less when it ends before. */
export async function sizeByReading(file: ReadHandle, expected: number): Promise<number> {
	const start = Math.max(0, expected - 1);
	return start + (await read(file, Buffer.allocUnsafe(2), start, expected - start + 1));
}

/** Reads up to `wanted` bytes into the start of `into`; fewer only at the end of the file. */
async function read(file: ReadHandle, into: Buffer, offset: number, wanted: number): Promise<number> {
	const { channel, handle } = file;
	let got = 0;
	// What comes in smaller pieces than any server sends counts as the end of the file.
	for (let pieces = 0; got < wanted && pieces < MOST_PIECES; pieces++) {
		const count = await channel
			.request('data', (sftp, answer) => {
				const bytes = Math.min(wanted - got, channel.maxReadBytes);
				// Otherwise ssh2 says nothing of a status, whichever it is.
				sftp.read(handle, into, got, bytes, offset + got, Object.assign(answer, { _wantEOFError: true }));
			})
			.catch((fault: unknown) => {
				if (statusOf(fault) === STATUS.endOfFile) return 0;
				throw fault;
			});
		file.isRead = true;
		if (count === 0) break;
		got += count;
	}
	return got;
}
