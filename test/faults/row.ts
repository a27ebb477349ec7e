import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../sandbox/domo/dataSets';
import type { Reason } from '../../core/support/errors';
import type { Bench, Typed } from '../nodes/DomoWriteback/bench';

/** What is written in every row: a dozen writes, and three of Azure's smallest blocks. */
export const DATA_SET = dataSets.large({ bytes: 3_000_000, name: 'Faults' });

/** What a fault is done to, with what anyone else sees there. */
export interface Scene {
	/** Of the node: destination, folder or container. */
	readonly parameters: IDataObject;
	/** What the credentials say instead of the sandbox's. */
	readonly typed: Typed;
	/** Everything that is there, hidden files included. */
	names(): Promise<string[]>;
	/** By another client than the one under test; undefined when there is nothing. */
	read(name: string): Promise<Buffer | undefined>;
	put(name: string, content: string): Promise<void>;
	close(): Promise<void>;
}

/** One line of the matrix. */
export interface Row {
	readonly where: 'Domo' | 'SFTP' | 'Azure';
	/** Reads after "when". */
	readonly fault: string;
	/** How it ends: the file is complete, or why it is not. */
	readonly ends: 'verified' | Reason;
	/** Tries of the writeback; 1 when absent. */
	readonly maxTries?: number;
	/** The hidden part file stays, because the server cannot be reached or refuses; the message names it. */
	readonly leaves?: boolean;
	arrange(bench: Bench, dataSetId: string): Promise<Scene>;
}

/** A folder on disk that an SFTP server shows as its login folder. */
export function folderOnDisk(root: string): Pick<Scene, 'names' | 'read' | 'put' | 'parameters'> {
	return {
		parameters: { destination: 'sftp', path: '' },
		names: async () => await readdir(root),
		read: async (name) => await readFile(join(root, name)).catch(() => undefined),
		put: async (name, content) => await writeFile(join(root, name), content),
	};
}
