import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installPackage } from '../../sandbox/n8n/community';
import { npm } from '../../sandbox/n8n/install';

/** The package as npm packs it. */
export interface Packed {
	readonly tarball: string;
	/** A user folder of n8n's that holds the package as n8n itself would have installed it from the registry. */
	readonly userFolder: string;
	readonly name: string;
	/** Bytes of the tarball, and of what it holds. */
	readonly size: number;
	readonly unpackedSize: number;
	readonly files: ReadonlyArray<{ readonly path: string }>;
}

/** What npm says of it. */
interface Answer extends Omit<Packed, 'tarball' | 'userFolder'> {
	readonly filename: string;
}

const VARIABLE = 'DOMO_WRITEBACK_E2E_PACKED';

/** Packs and installs what was built, once for all suites: one of them builds it again while others run. */
export async function pack(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-packed-'));
	const answer = await npm(
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		resolve(__dirname, '../..'),
	);
	const [{ filename, name, ...about }]: [Answer] = JSON.parse(answer);
	const [tarball, userFolder] = [join(folder, filename), join(folder, 'home')];
	await installPackage(tarball, name, userFolder);
	const made: Packed = { ...about, name, tarball, userFolder };
	process.env[VARIABLE] = JSON.stringify({ ...made, folder });
}

/** What `pack` has made. */
export function packed(): Packed {
	return JSON.parse(process.env[VARIABLE] ?? '');
}

export async function removePacked(): Promise<void> {
	const { folder }: { folder: string } = JSON.parse(process.env[VARIABLE] ?? '');
	await rm(folder, { recursive: true, force: true });
}
