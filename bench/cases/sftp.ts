import { contest, entrants, handicapsOf } from '../contest';
import type { Subject } from '../subjects/subject';
import { expected } from '../subjects/expected';
import { onSftp, runOurs } from '../subjects/ours';
import {
	catToSsh,
	opensshToSftp,
	oursToSftp,
	putToSftp,
	rcloneToSftp,
	type SftpWork,
	unhashedToSftp,
} from '../subjects/sftpSubjects';
import type { Fixture } from '../fixtures/fixture';
import { sftpServer } from '../fixtures/sftpServer';
import { debianPeers } from '../peerInstallers/debianPeers';
import { proxyCapacity } from '../proxy/proxyCapacity';
import { type Profile, readProfiles } from '../report/profile';
import type { Measured } from '../report/result';
import type { SizeMib } from '../servers/dataSets';
import type { Case } from './case';

export interface SftpCase {
	readonly name: string;
	readonly roundTripMs: number;
	readonly mebibytes: SizeMib;
	readonly putMebibytes: SizeMib;
	/** Also against `ssh host cat`. */
	readonly cat?: boolean;
	/** Also ours without SHA-256, and without the insides of ssh2 and Node.js. */
	readonly variants?: boolean;
}

/** Sizes with `--quick`. */
export const QUICK = { mebibytes: 64, putMebibytes: 2 } as const;

export function sftpCase(wanted: SftpCase): Case {
	const { name, roundTripMs, mebibytes } = wanted;
	const where = roundTripMs === 0 ? 'on one machine' : `${roundTripMs} ms away`;
	return {
		name,
		title: `One DataSet of ${mebibytes} MiB to an SFTP server ${where}`,
		rounds: 5,
		measure: async (lab, rounds) => await measureSftp(lab, rounds, { ...wanted, ...(lab.quick ? QUICK : {}) }),
	};
}

export async function measureSftp(
	lab: Fixture,
	rounds: number,
	{ roundTripMs, cat = false, variants = false, ...sizes }: SftpCase,
): Promise<Omit<Measured, 'case' | 'title'>> {
	await debianPeers(['rclone', 'sftp', 'ssh', 'curl'], lab);
	const proxy = roundTripMs > 0 ? { proxyCapacity: await proxyCapacity(lab) } : {};
	const server = await sftpServer(lab, { roundTripMs });
	const shell = cat ? await sftpServer(lab, { roundTripMs, shell: true }) : undefined;
	try {
		const work = { ...sizes, server };
		const contenders: Subject[] = [
			oursToSftp(lab, work),
			rcloneToSftp(lab, work),
			await opensshToSftp(lab, work),
			...(shell ? [catToSsh(lab, { ...sizes, server: shell })] : []),
			...(variants ? [unhashedToSftp(lab, work), oursToSftp(lab, work, true)] : []),
			putToSftp(lab, work),
		];
		const samples = await contest(entrants(contenders, lab), rounds, lab.told('MB/s'));
		const profile = lab.profile ? await profiled(lab, work) : undefined;
		return { unit: 'MB/s', samples, handicaps: handicapsOf(contenders), ...proxy, ...(profile && { profile }) };
	} finally {
		await Promise.all([server.close(), shell?.close()]);
	}
}

/** Once more, under V8's profiler. */
async function profiled(lab: Fixture, { server, mebibytes }: SftpWork): Promise<Profile> {
	const profileFolder = await lab.newFolder('profile');
	await runOurs(lab, { dataSets: [await expected(mebibytes)], place: onSftp(server), profileFolder });
	return await readProfiles(profileFolder);
}
