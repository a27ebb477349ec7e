import { Readable } from 'node:stream';
import { abortable, raceAbort } from '../../support/abort';
import type { ByteStream } from '../../support/byteStream';
import { cancelled } from '../../support/errors';
import { Sha256 } from '../../support/hashing/sha256';
import { HashingThreadLost } from '../../support/hashing/hashingThreadLost';
import { freeBuffer } from '../../support/memory';
import { rechunkUnpooled } from '../../support/rechunk';
import type { Target, Upload } from '../destination';
import { handedOnBefore, otherContent, toStoreError } from './storeErrors';
import type { BinaryStore, StoredBinary } from './store';

/** What is handed to the store at once: a small write costs as much as a large one. */
const PIECE_BYTES = 512 * 1024;

/** Starts one upload into the store. Rejects with `targetExists` for a name that was handed on and may not be replaced. */
export async function openBinaryUpload(store: BinaryStore, target: Target, signal: AbortSignal): Promise<Upload> {
	let stored: StoredBinary | undefined;
	let isHandedOn = false;
	let isVerified = false;
	if (signal.aborted) throw cancelled();
	refuseTaken(store, target);
	return {
		write: async (body) => {
			stored = await keep(store, target, body, signal);
			return stored.bytes;
		},
		verify: async (sha256) => {
			if (stored === undefined || (await hashOf(stored, signal)) !== sha256) throw otherContent(target);
			isVerified = true;
		},
		commit: async () => {
			if (signal.aborted) throw cancelled();
			refuseTaken(store, target);
			isHandedOn = true;
			await stored?.handOn(target);
		},
		abort: async () => (isHandedOn ? undefined : await stored?.remove()),
		result: () => ({ removed: [], notes: [], verifiedBy: isVerified ? 'content' : 'size' }),
	};
}

function refuseTaken(store: BinaryStore, target: Target): void {
	if (!target.replace && store.find(target) !== undefined) throw handedOnBefore(target);
}

async function keep(store: BinaryStore, target: Target, body: ByteStream, signal: AbortSignal): Promise<StoredBinary> {
	let ofBody: { readonly fault: unknown } | undefined;
	async function* pieces() {
		try {
			yield* rechunkUnpooled(abortable(body, signal), PIECE_BYTES);
		} catch (fault) {
			ofBody = { fault };
			throw fault;
		}
	}
	const piecesRead = Readable.from(pieces(), { objectMode: false, highWaterMark: PIECE_BYTES });
	const labels = { fileName: target.fileName, contentType: target.attributes.contentType };
	try {
		return await raceAbort(store.write(piecesRead, labels), signal, (late) => void late.remove());
	} catch (fault) {
		piecesRead.destroy();
		if (signal.aborted) throw cancelled();
		throw ofBody === undefined ? toStoreError(fault) : ofBody.fault;
	}
}

/** The SHA-256 of what the store holds. Rejects with `HashingThreadLost` where it can't be told. */
async function hashOf(stored: StoredBinary, signal: AbortSignal): Promise<string> {
	const hash = new Sha256();
	try {
		for await (const chunk of abortable(await raceAbort(stored.read(), signal), signal)) {
			await hash.update(chunk);
			freeBuffer(chunk);
		}
		return await hash.digest();
	} catch (fault) {
		if (signal.aborted) throw cancelled();
		throw fault instanceof HashingThreadLost ? fault : toStoreError(fault);
	} finally {
		hash.end();
	}
}
