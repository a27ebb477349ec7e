import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getBinaryHelperFunctions } from 'n8n-core';
import { openBinary } from '../../core/destinations/binary/destination';
import type { Name } from '../../core/destinations/destination';
import { openBinaryStore } from '../../nodes/DomoWriteback/binaryStore';
import { additionalDataFor } from '../../sandbox/engine/additionalData';
import { type BinaryFolder, keepBinaryData, readBinary } from '../../sandbox/engine/binaryData';
import { blocksOf } from '../blocks';
import { conformance, type Harness } from './suite';

const WORKFLOW = 'workflow';
const BLOCKED = 'blocked';

const helpersOf = (workflow: string) =>
	getBinaryHelperFunctions(additionalDataFor({ credentialsHelper: Object.create(null) }), workflow);

/** n8n's own store; what was handed on is looked at where n8n keeps it, and what lies beside it is no better than a part file. */
function onStore(kept: BinaryFolder | undefined): Harness {
	const store = openBinaryStore(helpersOf(WORKFLOW));
	const handedOn = ({ folder, fileName }: Name) =>
		store.handedOn().find(({ target }) => target.folder === folder && target.fileName === fileName);
	const orphans = async () => {
		const known = store.handedOn().map(({ binary }) => binary.id?.replace(/^.*:/, ''));
		const files = (await kept?.files()) ?? [];
		return files.filter((path) => path.startsWith(`workflows/${WORKFLOW}/`) && !known.includes(path));
	};
	return {
		open: async () => openBinary({ place: 'item', store }),
		openForbidden: async () => {
			// A file where a folder would have to be made: Root, too, is refused there.
			const workflows = join(String(kept?.folder), 'workflows');
			await mkdir(workflows, { recursive: true });
			await writeFile(join(workflows, BLOCKED), '');
			return openBinary({ place: 'item', store: openBinaryStore(helpersOf(BLOCKED)) });
		},
		read: async (target) => {
			const found = handedOn(target);
			return found && (await readBinary(found.binary, kept));
		},
		attributes: async (target) => {
			const { asOf } = store.find(target) ?? {};
			return { ...(asOf && { asOf }), contentType: handedOn(target)?.binary.mimeType ?? '' };
		},
		place: async (target, data) => {
			const labels = { fileName: target.fileName, contentType: 'text/plain' };
			const { signal } = new AbortController();
			await (await store.write(blocksOf(data), labels, signal)).handOn(target);
		},
		names: async (folder) => {
			const inField = store.handedOn().filter(({ target }) => target.folder === folder);
			return [...inField.map(({ target }) => target.fileName), ...(await orphans())];
		},
		close: async () => await kept?.close(),
	};
}

describe("n8n's binary data on disk", () => {
	conformance(async () => onStore(await keepBinaryData()), {
		folders: 'part of the name',
		keeps: ['asOf', 'contentType'],
		refuses: 'written',
	});
});

describe("n8n's binary data in memory", () => {
	conformance(async () => onStore(undefined), {
		folders: 'part of the name',
		keeps: ['asOf', 'contentType'],
		refuses: 'never',
		takesWhole: true,
	});
});
