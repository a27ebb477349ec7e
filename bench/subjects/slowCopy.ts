import type { Digest } from '../../sandbox/domo/domo';
import { azureServer } from '../fixtures/azureServer';
import type { Fixture } from '../fixtures/fixture';
import type { Usage } from '../fixtures/processMeter';
import { sftpServer } from '../fixtures/sftpServer';
import type { OurKind } from './ourKinds';
import { fileOf, onAzure, onSftp, type Place, runOurs } from './ours';
import { azureRemote, rcloneCopyUrl, sftpRemote } from './rclone';

export type Destination = 'SFTP' | 'Azure';

/** A copy of a slow export. */
export interface SlowCopy extends Usage {
	/** From the first request for the export to its last byte, and from that to the end of the copy; in seconds. */
	readonly exportSeconds: number;
	readonly tailSeconds: number;
	/** Resident before the copy, in bytes: n8n takes it whether a workflow runs or not. */
	readonly residentBefore: number;
}

type Copied = Usage & Pick<SlowCopy, 'residentBefore'> & { readonly endedAt: number };

/** A server, as both ours and rclone know it. */
interface Target {
	readonly place: Place;
	remote(name: string): Parameters<typeof rcloneCopyUrl>[1];
	accept(name: string, bytes: number): Promise<void>;
	close(): Promise<void>;
}

/** Makes one copy, to a server of its own, and checks that all of it arrived. */
async function slowCopy(
	lab: Fixture,
	to: Destination,
	dataSet: Digest & { readonly id: string },
	copy: (target: Target, id: string) => Promise<Copied>,
): Promise<SlowCopy> {
	const target = await openTarget(lab, to);
	try {
		const { endedAt, ...used } = await copy(target, dataSet.id);
		await target.accept(fileOf(dataSet.id), dataSet.bytes);
		const { at, sentAt } = await lab.domo.newestExport(dataSet.id);
		return { ...used, exportSeconds: (sentAt - at) / 1000, tailSeconds: (endedAt - sentAt) / 1000 };
	} finally {
		await target.close();
	}
}

export async function ourSlowCopy(
	lab: Fixture,
	to: Destination,
	dataSet: Digest & { readonly id: string },
	{ env }: OurKind,
): Promise<SlowCopy> {
	return await slowCopy(lab, to, dataSet, async ({ place }) => await runOurs(lab, { dataSets: [dataSet], place, env }));
}

export async function rcloneSlowCopy(
	lab: Fixture,
	to: Destination,
	dataSet: Digest & { readonly id: string },
): Promise<SlowCopy> {
	return await slowCopy(lab, to, dataSet, async ({ remote }, id) => {
		const { endedAt, usage } = await rcloneCopyUrl(lab, remote(fileOf(id)), lab.domo.exportUrl(id), true);
		if (!usage) throw new Error('rclone was not metered');
		return { endedAt, ...usage, residentBefore: 0 };
	});
}

async function openTarget(lab: Fixture, to: Destination): Promise<Target> {
	if (to === 'SFTP') {
		const server = await sftpServer(lab, { roundTripMs: 0 });
		const accept = async (name: string, bytes: number) => await server.accept([{ name, bytes }]);
		return { ...server, place: onSftp(server), remote: (name) => sftpRemote(server, name), accept };
	}
	const server = await azureServer(lab, 0);
	return { ...server, place: onAzure(server), remote: (name) => azureRemote(server, name) };
}
