import {
	type Destination,
	CommitOutcomeUnknown,
	type Target,
	type Upload,
	type UploadResult,
} from '../destinations/destination';
import { digester, type Digest } from '../format/digest';
import type { FilePart } from '../format/formatter';
import type { ByteStream } from '../support/byteStream';
import { cancelled, withOptions, withoutUnchanged, WritebackError } from '../support/errors';
import { ContentMac } from '../support/hashing/contentMac';
import { withGraceAfter } from '../support/idleTimeout';
import { partlyPublished } from './targetTakenErrors';
import { checkBytes } from './verify';
import type { WrittenFile } from './writtenFile';

/** The files of one writeback, stored out of sight until all of them are there. */
export interface UploadSet {
	/** Opens the upload of the first file ahead of its bytes, so that a target that can't be written is reported before a large export. */
	reserve(target: Target): Promise<void>;
	/** Stores one file and checks that the destination holds all of it. The first one goes to what was reserved. */
	store(part: FilePart, target: Target): Promise<void>;
	/** Stores a small file made here, which is published after all others. */
	storeLast(target: Target, content: Buffer): Promise<void>;
	/** What is stored, in order; `rows` for those whose bytes passed as Domo sent them. */
	written(rows: number): readonly WrittenFile[];
	/** How many files were begun, the small last one aside. */
	parts(): number;
	/** Publishes all of them: the last parts first, so that a first part means that all are there; `isCurrent` as in `Upload.commit`. Resolves to what is worth telling. */
	publish(isCurrent: boolean): Promise<UploadResult>;
	/** Drops what is not published; resolves to what could not be removed. */
	drop(): Promise<readonly string[]>;
	/** After `drop`: the same fault, which also tells of targets that were written in place. */
	withDamagedTargets(fault: unknown): unknown;
}

/** Stored, and to be published. */
interface PendingUpload {
	readonly upload: Upload;
	readonly target: Target;
}

/** A file of the DataSet. */
interface StoredFile extends PendingUpload {
	readonly part: FilePart;
	readonly digest: Digest;
}

export function createUploadSet(destination: Destination, signal: AbortSignal): UploadSet {
	const uploads: Upload[] = [];
	const files: StoredFile[] = [];
	let parts = 0;
	let reserved: Upload | undefined;
	let last: PendingUpload | undefined;
	const open = async (target: Target): Promise<Upload> => {
		const upload = await destination.openUpload(target, signal);
		uploads.push(upload);
		return upload;
	};
	const fill = async (upload: Upload, body: ByteStream): Promise<Digest> => {
		const mac = upload.readsBack ? new ContentMac() : undefined;
		const hashing = digester(mac);
		// A stop ends the write at once, and the stream only when it goes on.
		const held = await upload.write(hashing.measure(body)).finally(hashing.end);
		const digest = hashing.total();
		checkBytes(digest.bytes, held);
		if (mac !== undefined) await upload.verify(mac);
		return digest;
	};
	return {
		reserve: async (target) => {
			reserved = await open(target);
		},
		store: async (part, target) => {
			parts += 1;
			const upload = reserved ?? (await open(target));
			reserved = undefined;
			files.push({ upload, target, part, digest: await fill(upload, part.body) });
		},
		storeLast: async (target, content) => {
			const upload = await open(target);
			await fill(upload, bodyOf(content));
			last = { upload, target };
		},
		written: (rows) => files.map((file) => writtenFile(destination, file, rows)),
		parts: () => parts,
		publish: async (isCurrent) => {
			const pending: readonly PendingUpload[] = [...[...files].reverse(), ...(last ? [last] : [])];
			await withGraceAfter(signal, async (over) => await commitAll(pending, isCurrent, over));
			const reports = pending.map(({ upload }) => upload.result());
			return {
				removed: reports.flatMap(({ removed }) => removed),
				notes: [...new Set(reports.flatMap(({ notes }) => notes))],
				verifiedBy: weakest(reports),
			};
		},
		drop: async () => {
			const leftovers = await Promise.all(uploads.map(async (upload) => await upload.abort()));
			return leftovers.filter((name) => name !== undefined);
		},
		withDamagedTargets: (fault) => {
			const spoiled = uploads.map((upload) => upload.spoiled?.()).filter((what) => what !== undefined);
			return spoiled.length === 0 ? fault : notUnchanged(fault, spoiled);
		},
	};
}

/** Publishes one after the other, until `over` fires. */
async function commitAll(pending: readonly PendingUpload[], isCurrent: boolean, over: AbortSignal): Promise<void> {
	for (const [index, { upload }] of pending.entries()) {
		try {
			if (over.aborted) throw cancelled();
			await upload.commit(isCurrent);
		} catch (fault) {
			const targets = pending.map(({ target }) => target);
			throw partlyPublished(fault, targets.slice(0, index), targets.slice(index));
		}
	}
}

const STRENGTH = ['size', 'sampled', 'content'] as const;

/** Of several files, the least that was done for one of them. */
function weakest(reports: readonly UploadResult[]): UploadResult['verifiedBy'] {
	return STRENGTH.find((strength) => reports.some(({ verifiedBy }) => verifiedBy === strength)) ?? 'size';
}

function writtenFile(destination: Destination, { target, part, digest }: StoredFile, rows: number): WrittenFile {
	const content = part.content();
	return {
		fileName: target.fileName,
		target: destination.describe(target),
		bytes: digest.bytes,
		rows: part.rows() ?? rows,
		sha256: digest.sha256,
		...(content && { contentBytes: content.bytes, contentSha256: content.sha256 }),
	};
}

async function* bodyOf(content: Buffer): AsyncGenerator<Buffer> {
	if (content.length > 0) yield content;
}

/** The same fault, where targets are written in place. */
function notUnchanged(fault: unknown, spoiled: readonly string[]): unknown {
	if (!(fault instanceof WritebackError)) return fault;
	const hint = `${withoutUnchanged(fault.hint)} ${spoiled.join('; ')}.`;
	return new CommitOutcomeUnknown(fault.reason, fault.message, withOptions(fault, { hint }));
}
