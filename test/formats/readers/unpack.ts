import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyName, Keyring } from './gpg';
import { run } from './run';

export interface Wrapping {
	readonly compression: 'none' | 'gzip' | 'zip';
	/** Whoever can read it; nobody when it is not encrypted. */
	readonly recipients: readonly KeyName[];
	readonly armor: boolean;
}

export interface Unpacked {
	readonly content: Buffer;
	/** The name of the one file in an archive. */
	readonly entry?: string;
}

const ARMOUR = '-----BEGIN PGP MESSAGE-----';

/** What was compressed and encrypted, by gpg, gunzip and unzip; every recipient has to get the same. `folder` is for archives. */
export async function unpacked(
	stored: Buffer,
	{ compression, recipients, armor }: Wrapping,
	keyring: Keyring,
	folder: string,
): Promise<Unpacked> {
	let bytes = stored;
	if (recipients.length > 0) {
		expect(stored.subarray(0, ARMOUR.length).equals(Buffer.from(ARMOUR))).toBe(armor);
		const read = await Promise.all(recipients.map(async (recipient) => await keyring.decrypt(recipient, stored)));
		for (const other of read) expect(other.equals(read[0] ?? Buffer.alloc(0))).toBe(true);
		bytes = read[0] ?? bytes;
	}
	if (compression === 'none') return { content: bytes };
	if (compression === 'gzip') return { content: await run('gunzip', ['-c'], bytes) };
	const archive = join(folder, `${randomUUID()}.zip`);
	await writeFile(archive, bytes);
	const names = String(await run('/usr/bin/unzip', ['-Z1', archive])).trimEnd();
	return { content: await run('/usr/bin/unzip', ['-p', archive]), entry: names };
}
