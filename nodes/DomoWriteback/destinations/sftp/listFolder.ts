import type { FileEntry } from 'ssh2';
import type { Channel } from './channel';
import { STATUS, statusOf } from './status';

/** What is in a folder; an empty path is the login folder. Rejects with the server's status. */
export async function listFolder(channel: Channel, folder: string): Promise<readonly FileEntry[]> {
	// Not ssh2's own listing of a path: its handle would be one that the channel does not know of.
	const handle = await channel.open((sftp, answer) => sftp.opendir(folder === '' ? '.' : folder, answer));
	const entries: FileEntry[] = [];
	try {
		for (;;) entries.push(...(await channel.ask<FileEntry[]>((sftp, answer) => sftp.readdir(handle, answer))));
	} catch (fault) {
		if (statusOf(fault) === STATUS.endOfFile) return entries;
		throw fault;
	} finally {
		channel.close(handle).catch(() => undefined);
	}
}
