import { rm } from 'node:fs/promises';
import type { IBinaryData, IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';

import type { BinaryStore, StoredBinary } from '../../core/destinations/binary/store';
import type { ExistingFile, Name, Target } from '../../core/destinations/destination';
import { withStream } from './binaryBody';
import { isOnDisk, storedContent } from './storedContent';

/** What this node needs of n8n's helpers. */
export type BinaryHelpers = Pick<
	IExecuteFunctions['helpers'],
	'prepareBinaryData' | 'getBinaryStream' | 'getBinaryPath' | 'getBinaryMetadata'
>;

/** A file that was handed on. */
export interface HandedOn {
	readonly target: Target;
	readonly binary: IBinaryData;
	readonly stored: StoredBinary;
}

/** n8n's store for binary data, and what one item puts out of it. */
export interface ItemBinaries extends BinaryStore {
	/** The files that were handed on, by field: first parts first. */
	handedOn(): readonly HandedOn[];
}

/** A multiple of four characters, which are three bytes of the file. */
const BASE64_CHARACTERS = 4 * 256 * 1024;

/** Opens n8n's store for one item; nothing is kept yet. */
export function openBinaryStore(helpers: BinaryHelpers): ItemBinaries {
	const files = new Map<string, HandedOn>();
	return {
		write: async (body, { fileName, contentType }, signal) => {
			const binary = await withStream(
				body,
				signal,
				async (stream) => await helpers.prepareBinaryData(stream, fileName, contentType),
			);
			const stored: StoredBinary = {
				...(await contentOf(helpers, binary)),
				handOn: async (target) => {
					const before = files.get(keyOf(target));
					files.set(keyOf(target), { target, binary, stored });
					await before?.stored.remove();
				},
			};
			return stored;
		},
		find: (name) => found(files.get(keyOf(name))),
		handedOn: () =>
			[...files.values()].sort(({ target: one }, { target: other }) =>
				one.folder.localeCompare(other.folder, 'en', { numeric: true }),
			),
	};
}

/** The files as an item of n8n carries them. */
export function toFields(files: readonly HandedOn[]): IBinaryKeyData {
	return Object.fromEntries(files.map(({ target, binary }) => [target.folder, binary]));
}

/** Why n8n holds this file in memory; undefined when it doesn't. */
export function memoryNote({ binary: { id } }: HandedOn): string | undefined {
	if (id === undefined) return 'n8n keeps binary data in memory here, and all of it is part of the execution';
	// All other modes hold a whole file in memory while they take it.
	if (isOnDisk(id)) return undefined;
	return `n8n takes a whole file into memory here before it goes to ${id.split(':')[0]}`;
}

async function contentOf(helpers: BinaryHelpers, binary: IBinaryData): Promise<Omit<StoredBinary, 'handOn'>> {
	const { id } = binary;
	return {
		bytes: await sizeOf(helpers, binary),
		read: async () => (id === undefined ? decoded(binary.data) : storedContent(helpers, id)),
		remove: async () => (id === undefined ? undefined : await removed(helpers, id)),
	};
}

/** n8n gives nodes no way to delete what they stored. A file on this machine can be deleted where it lies; the rest goes with the execution. */
async function removed(helpers: BinaryHelpers, id: string): Promise<string | undefined> {
	if (!isOnDisk(id)) return id;
	try {
		const path = helpers.getBinaryPath(id);
		await Promise.all([rm(path, { force: true }), rm(`${path}.metadata`, { force: true })]);
		return undefined;
	} catch {
		return id;
	}
}

async function sizeOf(helpers: BinaryHelpers, { id, bytes, data }: IBinaryData): Promise<number> {
	if (bytes !== undefined) return bytes;
	// n8n 1 tells the size of a file only in words.
	return id === undefined ? Buffer.byteLength(data, 'base64') : (await helpers.getBinaryMetadata(id)).fileSize;
}

async function* decoded(base64: string): AsyncGenerator<Buffer> {
	for (let at = 0; at < base64.length; at += BASE64_CHARACTERS) {
		yield Buffer.from(base64.slice(at, at + BASE64_CHARACTERS), 'base64');
	}
}

function found(file: HandedOn | undefined): ExistingFile | undefined {
	if (file === undefined) return undefined;
	const { asOf } = file.target.attributes;
	return { bytes: file.stored.bytes, ...(asOf !== undefined && { asOf }) };
}

function keyOf({ folder, fileName }: Name): string {
	return JSON.stringify([folder, fileName]);
}
