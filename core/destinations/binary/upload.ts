import { abortable, firstError, raceAbort } from '../../support/abort';
import { GUARANTEED_BYTES } from '../../support/bufferPool';
import type { ByteStream } from '../../support/byteStream';
import { cancelled } from '../../support/errors';
import type { Owner } from '../../support/fairSemaphore';
import type { ContentMac } from '../../support/hashing/contentMac';
import { rechunk } from '../../support/rechunk';
import type { Target, Upload } from '../destination';
import { handedOnBefore, otherContent, toStoreError } from './storeErrors';
import type { BinaryStore, StoredBinary } from './store';

/** What is handed to the store at once: a small write costs as much as a large one, and there is always memory for one of them. */
const BLOCK_BYTES = GUARANTEED_BYTES;

/** Starts one upload into the store. Rejects with `targetExists` for a name that was handed on and may not be replaced. */
export async function openBinaryUpload(
	store: BinaryStore,
	target: Target,
	owner: Owner,
	signal: AbortSignal,
): Promise<Upload> {
	let stored: StoredBinary | undefined;
	let isHandedOn = false;
	let isVerified = false;
	if (signal.aborted) throw cancelled();
	refuseTaken(store, target);
	return {
		write: async (body) => {
			stored = await keep(store, target, body, owner, signal);
			return stored.bytes;
		},
		readsBack: true,
		verify: async (sent) => {
			if (stored === undefined || !(await readAll(stored, sent.again(), signal)).equals(sent))
				throw otherContent(target);
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

async function keep(
	store: BinaryStore,
	target: Target,
	body: ByteStream,
	owner: Owner,
	signal: AbortSignal,
): Promise<StoredBinary> {
	let ofBody: { readonly fault: unknown } | undefined;
	// A store that fails ends the body too, even while that is silent.
	const ended = firstError(signal);
	async function* blocks() {
		try {
			yield* rechunk(body, BLOCK_BYTES, ended.signal, { owner });
		} catch (fault) {
			ofBody = { fault };
			throw fault;
		}
	}
	const labels = { fileName: target.fileName, contentType: target.attributes.contentType };
	try {
		return await raceAbort(store.write(blocks(), labels, signal), signal, (late) => void late.remove());
	} catch (fault) {
		if (signal.aborted) throw cancelled();
		throw ofBody === undefined ? toStoreError(fault) : ofBody.fault;
	} finally {
		ended.fail(cancelled());
		ended.stopListening();
	}
}

/** Gives `mac` what the store holds. */
async function readAll(stored: StoredBinary, mac: ContentMac, signal: AbortSignal): Promise<ContentMac> {
	try {
		for await (const chunk of abortable(await raceAbort(stored.read(), signal), signal)) mac.update(chunk);
		return mac;
	} catch (fault) {
		throw signal.aborted ? cancelled() : toStoreError(fault);
	}
}
