import type { SftpChannel } from '../connection/sftpChannel';
import { type FileStat, toFileStat } from '../fileStat';
import { STATUS, statusOf } from '../statusErrors';
import { sanitize, WritebackError } from '../../../support/errors';

/** More files than that are in no folder that people work with; and answers with no file in them. */
const MOST_ENTRIES = 300_000;
const MOST_EMPTY_ANSWERS = 100;

/** Entries that are kept. */
const MOST_KEPT = 10_000;

/** One file of a folder. What else a server says of it may be as long as a packet. */
export interface Entry {
	readonly name: string;
	readonly found: FileStat;
}

/**
 * What is in a folder and fits; an empty path is the login folder. `fits` may end the listing early. Rejects with the server's status, and
 * with `targetRefused` when the list does not end.
 */
export async function listFolder(
	channel: SftpChannel,
	folder: string,
	fits: (name: string) => boolean,
	wanted = MOST_KEPT,
): Promise<readonly Entry[]> {
	// Not ssh2's own listing of a path: its handle would be one that the channel does not know of.
	const handle = await channel.open((sftp, answer) => sftp.opendir(folder === '' ? '.' : folder, answer));
	const kept: Entry[] = [];
	let [seen, empty] = [0, 0];
	try {
		while (kept.length < wanted) {
			const entries = await channel.request('names', (sftp, answer) => sftp.readdir(handle, answer));
			for (const { filename, attrs } of entries)
				if (fits(filename)) kept.push({ name: filename, found: toFileStat(attrs) });
			seen += entries.length;
			if (entries.length === 0) empty++;
			if (seen > MOST_ENTRIES || empty > MOST_EMPTY_ANSWERS) throw endless(folder);
		}
		return kept.slice(0, wanted);
	} catch (fault) {
		if (statusOf(fault) === STATUS.endOfFile) return kept;
		throw fault;
	} finally {
		channel.close(handle).catch(() => undefined);
	}
}

function endless(folder: string): WritebackError {
	return new WritebackError(
		'targetRefused',
		`The SFTP server lists ${sanitize(folder || 'the login folder')} without end`,
		{ hint: "Use another folder, with fewer than 300,000 files, or ask the server's administrator." },
	);
}
