import type { Destination, Name } from '../destination';
import { cancelled } from '../../support/errors';
import type { Owner } from '../../support/fairSemaphore';
import type { BinaryFields } from './options';
import { openBinaryUpload } from './upload';

/**
 * Hands files to the next step of the workflow. A target's folder is the field that its file gets there. The store keeps every file apart
 * until `commit`, so nothing is connected to, and nothing has to be closed. `owner` is the execution that shares the memory of what is under way.
 */
export function openBinary({ place, store }: BinaryFields, owner: Owner = {}): Destination {
	const describe = ({ folder, fileName }: Name) =>
		`binary://${folder.split('/').map(encodeURIComponent).join('/')}/${encodeURIComponent(fileName)}`;
	return {
		warnings: [],
		describe,
		identify: (target) => `${place} ${describe(target)}`,
		stat: async (target, signal) => {
			if (signal.aborted) throw cancelled();
			return store.find(target);
		},
		openUpload: async (target, signal) => await openBinaryUpload(store, target, owner, signal),
		close: async () => undefined,
	};
}
