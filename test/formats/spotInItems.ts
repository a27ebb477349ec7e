import type { IBinaryKeyData } from 'n8n-workflow';
import type { Spot } from './spot';

const FIELD = 'file';

/** The binary files of the item that the node put out last; each is called by its file name. */
export function inItems(): Spot {
	let binaries: IBinaryKeyData = {};
	const found = (path: string) => {
		const one = Object.entries(binaries).find(([, { fileName }]) => fileName === path);
		if (one === undefined) throw new Error(`No binary file is called ${path}`);
		return { field: one[0], binary: one[1] };
	};
	const never = async () => await Promise.reject(new Error('The next node has no folders and no files of others'));
	return {
		kind: 'binary',
		parameters: () => ({ destination: 'binary', binaryPropertyName: FIELD }),
		addressOf: (path) => `binary://${found(path).field}/${path}`,
		took: ({ good }) => {
			binaries = good[0]?.binary ?? {};
		},
		makeFolder: never,
		makeLoginFolder: never,
		put: never,
		remove: never,
		paths: async () =>
			Object.values(binaries)
				.map(({ fileName }) => String(fileName))
				.sort(),
		read: async (path) => Buffer.from(found(path).binary.data, 'base64'),
		said: async (path) => ({ modifiedAt: new Date(0), contentType: found(path).binary.mimeType }),
	};
}
