import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSsh2Server } from '../../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../../fields';
import type { Draw } from '../draw';
import { habitOf } from './habit';
import { lineTo } from './line';
import { doorOf } from './login';
import type { Place, Servers } from './place';
import { scripted } from './script';

/** A folder of OpenSSH, or of a scripted server of its own, behind a line of its own. */
export async function sftpPlace(drawn: Draw, bytes: number, name: string, { openSsh }: Servers): Promise<Place> {
	const script = scripted(drawn.script);
	const door = doorOf(drawn.login);
	const habit = drawn.habit && habitOf(drawn.habit);
	const own =
		drawn.place === 'openSsh'
			? undefined
			: await startSsh2Server({
					posixRename: drawn.place === 'ssh2',
					refuse: script.refuse,
					...(habit && { habits: [habit] }),
					...(door.authenticate && { authenticate: door.authenticate }),
				});
	const { root, port } = own ?? openSsh;
	const line = await lineTo(port, drawn, bytes);
	const fields = own === undefined ? sftpFieldsOf(openSsh) : passwordFieldsOf(own);
	return {
		...folderOnDisk(join(root, name, 'in')),
		parameters: { destination: 'sftp', path: `${name}/in` },
		typed: { sftpWritebackApi: { ...fields, port: line.port } },
		replacesAtOnce: drawn.place !== 'ssh2Plain',
		// Lost blocks are not counted one by one.
		faults: () => line.faults() + script.faults() + door.refused() + (drawn.habit === 'drops' ? 1 : 0),
		refusedLogins: door.refused,
		connections: () => line.openEnds() + (own?.connections() ?? 0),
		close: async () => {
			await line.close();
			await own?.close();
			await rm(join(root, name), { recursive: true, force: true });
		},
	};
}

function folderOnDisk(folder: string): Pick<Place, 'names' | 'stamp' | 'read' | 'put'> {
	return {
		names: async () => await readdir(folder).catch(() => []),
		stamp: async (name) => {
			const found = await stat(join(folder, name), { bigint: true }).catch(() => undefined);
			return found && [found.ino, found.size, found.mtimeNs].join(' ');
		},
		read: async (name) => {
			const stream = createReadStream(join(folder, name));
			return await new Promise((resolve, reject) => {
				stream.once('open', () => resolve(stream));
				stream.once('error', (fault: NodeJS.ErrnoException) =>
					fault.code === 'ENOENT' ? resolve(undefined) : reject(fault),
				);
			});
		},
		put: async (name, content) => {
			await mkdir(folder, { recursive: true });
			await writeFile(join(folder, name), content);
		},
	};
}
