import { digest } from '../../sandbox/domo/domo';
import { contest, entrants, handicapsOf } from '../contest';
import { type Subject, OURS } from '../subjects/subject';
import { ftpNode } from '../subjects/ftpNode';
import { fileOf, onSftp, runOurs } from '../subjects/ours';
import { rcloneCopyUrl, sftpRemote, UNHASHING } from '../subjects/rclone';
import type { Fixture } from '../fixtures/fixture';
import { type SftpServer, sftpServer } from '../fixtures/sftpServer';
import { debianPeers } from '../peerInstallers/debianPeers';
import { fastest, withProxyCapacity } from '../fixtures/proxyCapacity';
import { PUT, RCLONE } from '../report/bars';
import { readProfiles } from '../report/profile';
import { SMALL_COUNT, small } from '../servers/dataSets';
import type { Case } from './case';

const ROUND_TRIP_MS = 20;

/** How many of the DataSets the slow ones are given. */
const PUT_COUNT = 100;
const RCLONE_COUNT = 50;
const QUICK_COUNT = 20;

type Items = ReadonlyArray<{
	readonly id: string;
	readonly bytes: number;
	readonly rows: number;
	readonly sha256: string;
}>;

export const smallCase: Case = {
	name: 'small',
	title: `${SMALL_COUNT} DataSets of 20 KB each to an SFTP server ${ROUND_TRIP_MS} ms away`,
	rounds: 3,
	measure: async (lab, rounds) => {
		await debianPeers(['rclone'], lab);
		const all = await Promise.all(small().map(async (one) => ({ id: one.id, ...(await digest(one)) })));
		const server = await sftpServer(lab, { roundTripMs: ROUND_TRIP_MS });
		try {
			const measure = async () => await compared(lab, rounds, server, all);
			const bytes = Math.max(...all.map((one) => one.bytes));
			return await withProxyCapacity(lab, measure, ({ samples }) => (fastest(samples) * bytes) / 1e6);
		} finally {
			await server.close();
		}
	},
};

async function compared(lab: Fixture, rounds: number, server: SftpServer, all: Items) {
	const first = (count: number): Items => all.slice(0, lab.quick ? QUICK_COUNT : count);
	const contenders = [
		ours(lab, server, first(SMALL_COUNT)),
		rcloneOneByOne(lab, server, first(RCLONE_COUNT)),
		put(lab, server, first(PUT_COUNT)),
	];
	const samples = await contest(entrants(contenders, lab), rounds, lab.told('transfers/s'));
	const measured = { unit: 'transfers/s', samples, handicaps: handicapsOf(contenders) };
	if (!lab.profile) return measured;
	const profileFolder = await lab.newFolder('profile');
	await runOurs(lab, { dataSets: first(SMALL_COUNT), place: onSftp(server), profileFolder });
	return { ...measured, profile: await readProfiles(profileFolder) };
}

function ours(lab: Fixture, server: SftpServer, dataSets: Items): Subject {
	return {
		name: OURS,
		run: async () => {
			const { wallMs } = await runOurs(lab, { dataSets, place: onSftp(server) });
			return await perSecond(server, dataSets, wallMs);
		},
	};
}

function put(lab: Fixture, server: SftpServer, items: Items): Subject {
	const downloads = items.map(({ id }) => ({ url: lab.domo.exportUrl(id), target: fileOf(id) }));
	const run = async () => await perSecond(server, items, await ftpNode(lab, server, downloads));
	return { name: PUT, handicap: `is given ${items.length} DataSets`, run };
}

/** A process for each file, as there is no list of addresses to give to one. */
function rcloneOneByOne(lab: Fixture, server: SftpServer, items: Items): Subject {
	const run = async () => {
		let ms = 0;
		for (const { id } of items)
			ms += (await rcloneCopyUrl(lab, sftpRemote(server, fileOf(id)), lab.domo.exportUrl(id))).wallMs;
		return await perSecond(server, items, ms);
	};
	return { name: RCLONE, handicap: `one by one, is given ${items.length} DataSets, ${UNHASHING}`, run };
}

async function perSecond(server: SftpServer, items: Items, ms: number): Promise<number> {
	await server.accept(items.map(({ id, bytes }) => ({ name: fileOf(id), bytes })));
	return (1000 * items.length) / ms;
}
