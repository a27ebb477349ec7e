import { contest, entrants, handicapsOf } from '../contest';
import type { Subject } from '../subjects/subject';
import { expected } from '../subjects/expected';
import { onSftp, runOurs } from '../subjects/ours';
import { type OurKind, ourKinds } from '../subjects/ourKinds';
import {
	catToSsh,
	opensshToSftp,
	oursToSftp,
	PLAIN_IO,
	putToSftp,
	rcloneToSftp,
	type SftpWork,
	unhashedToSftp,
} from '../subjects/sftpSubjects';
import type { Fixture } from '../fixtures/fixture';
import { type SftpServer, sftpServer } from '../fixtures/sftpServer';
import { debianPeers } from '../peerInstallers/debianPeers';
import { fastest, withProxyCapacity } from '../fixtures/proxyCapacity';
import { LOOPBACK, LOOPBACK_WITHOUT_SHA } from '../report/bars';
import { type Profile, readProfiles } from '../report/profile';
import type { Measured } from '../report/result';
import type { SizeMib } from '../servers/dataSets';
import type { Case } from './case';

type SftpMeasured = Omit<Measured, 'case' | 'title'>;

export interface SftpCase {
	readonly name: string;
	readonly roundTripMs: number;
	readonly mebibytes: SizeMib;
	readonly putMebibytes: SizeMib;
	readonly rounds?: number;
	/** Also against `ssh host cat`. */
	readonly cat?: boolean;
	/** Also ours without SHA-256, and without the insides of ssh2 and Node.js. */
	readonly variants?: boolean;
	/** Also ours to a server on this machine. */
	readonly loopback?: boolean;
}

/** Sizes with `--quick`. */
export const QUICK = { mebibytes: 64, putMebibytes: 2 } as const;

export function sftpCase(wanted: SftpCase): Case {
	const { name, roundTripMs, mebibytes, rounds = 5 } = wanted;
	const where = roundTripMs === 0 ? 'on one machine' : `${roundTripMs} ms away`;
	return {
		name,
		title: `One DataSet of ${mebibytes} MiB to an SFTP server ${where}`,
		rounds,
		measure: async (lab, wantedRounds) =>
			await measureSftp(lab, wantedRounds, { ...wanted, ...(lab.quick ? QUICK : {}) }),
	};
}

export async function measureSftp(lab: Fixture, rounds: number, wanted: SftpCase): Promise<SftpMeasured> {
	await debianPeers(['rclone', 'sftp', 'ssh', 'curl'], lab);
	const measure = async () => await compared(lab, rounds, wanted);
	if (wanted.roundTripMs === 0) return await measure();
	return await withProxyCapacity(lab, measure, ({ samples }) => fastest(samples, [LOOPBACK, LOOPBACK_WITHOUT_SHA]));
}

/** The servers of a case. */
interface Servers {
	readonly server: SftpServer;
	/** As far away, and takes commands. */
	readonly shell?: SftpServer;
	/** On this machine. */
	readonly near?: SftpServer;
}

async function compared(lab: Fixture, rounds: number, wanted: SftpCase): Promise<SftpMeasured> {
	const { roundTripMs, cat = false, loopback = false } = wanted;
	const servers: Servers = {
		server: await sftpServer(lab, { roundTripMs }),
		...(cat && { shell: await sftpServer(lab, { roundTripMs, shell: true }) }),
		...(loopback && { near: await sftpServer(lab, { roundTripMs: 0 }) }),
	};
	try {
		const contenders = await sftpContenders(lab, wanted, servers);
		const samples = await contest(entrants(contenders, lab), rounds, lab.told('MB/s'));
		const profile = lab.profile ? await profiled(lab, { ...wanted, ...servers }) : undefined;
		return { unit: 'MB/s', samples, handicaps: handicapsOf(contenders), ...(profile && { profile }) };
	} finally {
		await Promise.all(Object.values(servers).map(async (server: SftpServer) => await server.close()));
	}
}

async function sftpContenders(lab: Fixture, wanted: SftpCase, { server, shell, near }: Servers): Promise<Subject[]> {
	const { mebibytes, putMebibytes, variants = false } = wanted;
	const work = { mebibytes, putMebibytes, server };
	const kinds = ourKinds();
	return [
		...kinds.map((kind) => oursToSftp(lab, work, kind)),
		...(near ? kinds.map((kind) => oursToSftp(lab, { ...work, server: near }, onLoopback(kind))) : []),
		rcloneToSftp(lab, work),
		await opensshToSftp(lab, work),
		...(shell ? [catToSsh(lab, { ...work, server: shell })] : []),
		...(variants ? [unhashedToSftp(lab, work), oursToSftp(lab, work, PLAIN_IO)] : []),
		putToSftp(lab, work),
	];
}

function onLoopback({ hasSha, env }: OurKind) {
	return { name: hasSha ? LOOPBACK : LOOPBACK_WITHOUT_SHA, env };
}

/** Once more, under V8's profiler. */
async function profiled(lab: Fixture, { server, mebibytes }: SftpWork): Promise<Profile> {
	const profileFolder = await lab.newFolder('profile');
	await runOurs(lab, { dataSets: [await expected(mebibytes)], place: onSftp(server), profileFolder });
	return await readProfiles(profileFolder);
}
