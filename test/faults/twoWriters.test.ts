import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as dataSets from '../../sandbox/domo/dataSets';
import { digest, type SandboxDataSet } from '../../sandbox/domo/domo';
import { startOpenSsh } from '../../sandbox/openssh';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { type Bench, byId, type Outcome, startBench } from '../nodes/DomoWriteback/bench';
import { openBlobScene } from './blobScene';
import { folderOnDisk, type Scene } from './row';

/** Larger than what goes up in one request; no two of a size. */
const ONE = dataSets.large({ bytes: 5_000_000, name: 'One writer' });
const OTHER = dataSets.large({ bytes: 6_000_000, name: 'The other writer' });
const NAME = 'shared.csv';
const OLD = 'what was there before';
const ROUNDS = 6;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([ONE, OTHER]);
}, 120_000);
afterAll(async () => await bench?.close());

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');

async function toSsh2(posixRename: boolean): Promise<Scene> {
	const server = await startSsh2Server({ posixRename });
	return {
		...folderOnDisk(server.root),
		typed: { sftpWritebackApi: { ...passwordFieldsOf(server) } },
		close: server.close,
	};
}

async function toOpenSsh(): Promise<Scene> {
	const server = await startOpenSsh();
	return {
		...folderOnDisk(server.root),
		typed: { sftpWritebackApi: { ...sftpFieldsOf(server) } },
		close: server.close,
	};
}

/** Where, how it is opened, and whether the target may be missing for a moment: where no request replaces a file, the old one steps aside. */
const PLACES: ReadonlyArray<readonly [where: string, open: () => Promise<Scene>, maybeMissing: boolean]> = [
	['OpenSSH', toOpenSsh, false],
	["ssh2's own server with posix-rename", async () => await toSsh2(true), false],
	["ssh2's own server without posix-rename", async () => await toSsh2(false), true],
	['Azure', async () => await openBlobScene(bench), false],
];

/** Runs both at once, and tells every content that a reader met meanwhile; `none` where there was nothing. */
async function race({ parameters, typed, read }: Scene) {
	const write = async ({ id }: SandboxDataSet) =>
		await bench.run({
			parameters: {
				...parameters,
				dataSet: byId(id),
				selectFilename: 'filename',
				filename: NAME,
				transfer: { blockSize: 1, maxTries: 5 },
			},
			engine: bench.engine(typed),
		});
	const met = new Set<string>();
	let running = true;
	const reading = (async () => {
		while (running) {
			const content = await read(NAME);
			met.add(content === undefined ? 'none' : sha256(content));
			await sleep(2);
		}
	})();
	const outcomes = await Promise.all([write(ONE), write(OTHER)]).finally(() => {
		running = false;
	});
	await reading;
	return { outcomes, met };
}

/** What one of the two was told. */
function resultOf({ run, good }: Outcome): string {
	if (run.error !== undefined) return `${String(Reflect.get(run.error, 'type'))}: ${run.error.message}`;
	return String(good[0]?.json.verification);
}

test.each(PLACES)(
	'of two executions that write one target on %s, one wins, and a reader sees whole files only',
	async (_where, open, maybeMissing) => {
		const whole = [(await digest(ONE)).sha256, (await digest(OTHER)).sha256];
		const scene = await open();
		try {
			for (let round = 1; round <= ROUNDS; round++) {
				await scene.put(NAME, OLD);
				const { outcomes, met } = await race(scene);
				expect(outcomes.map(resultOf)).toEqual(['verified', 'verified']);
				expect(outcomes.map(({ good }) => good[0]?.json.sha256)).toEqual(whole);
				expect(whole).toContain(sha256((await scene.read(NAME)) ?? ''));
				const known = [sha256(OLD), ...whole, ...(maybeMissing ? ['none'] : [])];
				expect([...met].filter((content) => !known.includes(content))).toEqual([]);
				expect(await scene.names()).toEqual([NAME]);
			}
		} finally {
			await scene.close();
		}
	},
	180_000,
);
