import { type FaultyBlobService, startFaultyBlobService } from '../../../sandbox/faultyBlobService';
import { type OpenSsh, startOpenSsh } from '../../../sandbox/openssh';
import { freePort } from '../../../sandbox/process';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox';
import { DATA_SETS, TWINS } from './dataSets';
import { type OddDomo, startOddDomo } from './oddDomo';
import { unusableKeys } from './pgp';
import { startScriptedBlobs } from './scriptedBlobs';
import { type SshServers, startSshServers } from './ssh';
import { startUntrusted } from './untrusted';

/** Every server that some message needs. */
export interface Stage extends Sandbox {
	readonly odd: OddDomo;
	readonly blobs: Awaited<ReturnType<typeof startScriptedBlobs>>;
	readonly untrusted: Awaited<ReturnType<typeof startUntrusted>>;
	/** Azurite, where the answer to the first publication is lost. */
	readonly forgetful: FaultyBlobService;
	readonly ssh: SshServers;
	/** A server whose key exchange rests on SHA-1. */
	readonly oldSsh: OpenSsh;
	/** Nobody listens there. */
	readonly closedPort: number;
	readonly pgp: Awaited<ReturnType<typeof unusableKeys>>;
}

/** A container of the sandbox's account. */
export const CONTAINER = 'messages';

export async function openStage(): Promise<Stage> {
	const sandbox = await startSandbox([...Object.values(DATA_SETS), TWINS]);
	const { domo, azure } = sandbox;
	const [odd, blobs, untrusted, forgetful, ssh, oldSsh, closedPort, pgp] = await Promise.all([
		startOddDomo(),
		startScriptedBlobs(),
		startUntrusted(),
		startFaultyBlobService(azure.blobEndpoint),
		startSshServers(),
		startOpenSsh({ config: ['KexAlgorithms diffie-hellman-group14-sha1'] }),
		freePort(),
		unusableKeys(),
	]);
	await azure.createContainer(CONTAINER);
	await azure.service.getContainerClient(CONTAINER).getBlockBlobClient('old.csv').upload('old', 3);
	forgetful.fault(({ name, before }) => (name === 'PUT blob' && before === 0 ? 'replyLost' : undefined));
	misbehave(domo);
	return {
		...sandbox,
		...{ odd, blobs, untrusted, forgetful, ssh, oldSsh, closedPort, pgp },
		close: async () => {
			await Promise.all([odd, blobs, untrusted, forgetful, ssh, oldSsh].map(async (server) => await server.close()));
			await sandbox.close();
		},
	};
}

/** What Domo's double does to single DataSets from now on. */
function misbehave(domo: Sandbox['domo']): void {
	domo.remove(DATA_SETS.absent.id);
	domo.fault(DATA_SETS.deleted.id, 'deleted');
	domo.fault(DATA_SETS.forbidden.id, 'forbidden');
	domo.fault(DATA_SETS.refused.id, 'unauthorized');
	domo.fault(DATA_SETS.noExport.id, { kind: 'notAcceptable', on: 'export' });
	domo.fault(DATA_SETS.mayNotExport.id, { kind: 'forbidden', on: 'export' });
	domo.fault(DATA_SETS.noData.id, { kind: 'notFound', on: 'export' });
	domo.fault(DATA_SETS.cutExport.id, { kind: 'cut', atByte: 5 });
	domo.fault(DATA_SETS.stalled.id, { kind: 'stall', atByte: 5 });
	domo.fault(DATA_SETS.busy.id, { kind: 'tooManyRequests', retryAfterSeconds: 1 });
	domo.fault(DATA_SETS.gone.id, 'badGateway');
	domo.fault(DATA_SETS.maintenance.id, 'maintenancePage');
	domo.fault(DATA_SETS.login.id, 'loginPage');
}
