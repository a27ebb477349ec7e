import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const PASSPHRASE = 'open sésame';

export interface KeyFile {
	readonly name: string;
	readonly text: string;
	readonly encrypted: boolean;
	/** What the tool that made it says. */
	readonly fingerprint: string;
}

const FINGERPRINTS = new Map(
	readKey('fingerprints.txt')
		.split('\n')
		.map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']),
);

export const WORKING: readonly KeyFile[] = readdirSync(join(__dirname, 'works')).map((name) => ({
	name,
	text: readKey(`works/${name}`),
	encrypted: name.split('.').length > 2,
	fingerprint: FINGERPRINTS.get(name.split('.')[0] ?? '') ?? 'missing in fingerprints.txt',
}));

/** All but those that cost a tenth of a second each: OpenSSH's encryption is slow on purpose. */
export const QUICK = WORKING.filter(({ name, encrypted }) => !(encrypted && name.includes('.openssh')));

export function readKey(path: string): string {
	return readFileSync(join(__dirname, path), 'utf8');
}

/** The same numbers from 0 up to 1 on every run (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function pick<T>(random: () => number, from: readonly T[]): T {
	return from[Math.floor(random() * from.length)]!;
}
