import { contest, entrants, handicapsOf } from '../contest';
import { azcopyPipe } from '../subjects/azcopy';
import { type Subject, megabytesPerSecond } from '../subjects/subject';
import { expected } from '../subjects/expected';
import { fileOf, onAzure, runOurs } from '../subjects/ours';
import { type OurKind, ourKinds } from '../subjects/ourKinds';
import { uploadStream } from '../subjects/uploadStream';
import { type AzureServer, azureServer } from '../fixtures/azureServer';
import type { Fixture } from '../fixtures/fixture';
import { debianPeers } from '../peerInstallers/debianPeers';
import { fastest, withProxyCapacity } from '../fixtures/proxyCapacity';
import { AZCOPY_PIPE, UPLOAD_STREAM } from '../report/bars';
import { readProfiles } from '../report/profile';
import type { SizeMib } from '../servers/dataSets';
import type { Case } from './case';

const QUICK_MEBIBYTES = 128;

export function azureCase(name: string, roundTripMs: number, mebibytes: SizeMib): Case {
	const where = roundTripMs === 0 ? 'on one machine' : `${roundTripMs} ms away`;
	return {
		name,
		title: `One DataSet of ${mebibytes} MiB to Azurite ${where}`,
		rounds: 5,
		measure: async (lab, rounds) => {
			await debianPeers(['curl'], lab);
			const measure = async () => await compared(lab, rounds, roundTripMs, lab.quick ? QUICK_MEBIBYTES : mebibytes);
			if (roundTripMs === 0) return await measure();
			return await withProxyCapacity(lab, measure, ({ samples }) => fastest(samples));
		},
	};
}

async function compared(lab: Fixture, rounds: number, roundTripMs: number, mebibytes: SizeMib) {
	const contenders = azureContenders(lab, roundTripMs, mebibytes);
	const samples = await contest(entrants(contenders, lab), rounds, lab.told('MB/s'));
	const profile = lab.profile ? await profiled(lab, roundTripMs, mebibytes) : undefined;
	return { unit: 'MB/s', samples, handicaps: handicapsOf(contenders), ...(profile && { profile }) };
}

/** Each transfer has a fresh Azurite: it keeps what was deleted, and slows down with what it keeps. */
function azureContenders(lab: Fixture, roundTripMs: number, mebibytes: SizeMib): Subject[] {
	const figure = (copy: (server: AzureServer, url: string, blob: string) => Promise<number>) => async () => {
		const { id, bytes } = await expected(mebibytes);
		const server = await azureServer(lab, roundTripMs);
		try {
			const ms = await copy(server, lab.domo.exportUrl(id), fileOf(id));
			await server.accept(fileOf(id), bytes);
			return megabytesPerSecond(bytes, ms);
		} finally {
			await server.close();
		}
	};
	const ours = async (server: AzureServer, { env }: OurKind): Promise<number> =>
		(await runOurs(lab, { dataSets: [await expected(mebibytes)], place: onAzure(server), env })).wallMs;
	return [
		...ourKinds().map((kind) => ({ name: kind.name, run: figure(async (server) => await ours(server, kind)) })),
		{ name: AZCOPY_PIPE, run: figure(async (...work) => await azcopyPipe(lab, ...work)) },
		{ name: UPLOAD_STREAM, run: figure(async (...work) => await uploadStream(lab, ...work)) },
	];
}

async function profiled(lab: Fixture, roundTripMs: number, mebibytes: SizeMib) {
	const profileFolder = await lab.newFolder('profile');
	const server = await azureServer(lab, roundTripMs);
	try {
		await runOurs(lab, { dataSets: [await expected(mebibytes)], place: onAzure(server), profileFolder });
		return await readProfiles(profileFolder);
	} finally {
		await server.close();
	}
}
