import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { digest } from '../../sandbox/domo/domo';
import { type Bench, byId, type Outcome, startBench } from '../nodes/DomoWriteback/bench';
import { shownOf } from '../nodes/DomoWriteback/secrets';
import { AZURE_ROWS } from './azureRows';
import { DOMO_ROWS } from './domoRows';
import { checkPage, type Seen } from './page';
import { DATA_SET, type Row, type Scene } from './row';
import { SFTP_ROWS } from './sftpRows';

const ROWS: readonly Row[] = [...DOMO_ROWS, ...SFTP_ROWS, ...AZURE_ROWS];

const NAME = `${DATA_SET.id}.csv`;
const OLD = 'what was there before';
const sha256 = (data: Buffer | string | undefined) => (data ? createHash('sha256').update(data).digest('hex') : 'none');

/** A busy machine may stand still for a second, which is no fault of Domo's or the server's. */
const IDLE_SECONDS = 3;

/** Ends long before a user would give up; most of it is waiting between tries. */
const BOUND_MS = 60_000;

let bench: Bench;
const seen: Seen[] = [];
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
	await bench.run({ parameters: { destination: 'sftp', path: 'warm-up', dataSet: byId(DATA_SET.id) } });
}, 120_000);
afterAll(async () => await bench?.close());

const sockets = () => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS/.test(kind)).length;
const timers = () => process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate/.test(kind)).length;

/** The reader's own connections stay open for some seconds after their last use. */
const SETTLED_WITHIN_MS = 20_000;

async function settled(holds: () => boolean): Promise<boolean> {
	for (const until = Date.now() + SETTLED_WITHIN_MS; Date.now() < until && !holds(); ) await sleep(50);
	return holds();
}

/** Every content that a reader meets under the target's name while `work` runs. */
async function readMeanwhile<T>(scene: Scene, work: Promise<T>): Promise<readonly [T, ReadonlySet<string>]> {
	const contents = new Set<string>();
	let running = true;
	const reading = (async () => {
		while (running) {
			contents.add(sha256(await scene.read(NAME)));
			await sleep(5);
		}
	})();
	const result = await work.finally(() => {
		running = false;
	});
	await reading;
	return [result, contents];
}

async function suffer(row: Row, scene: Scene) {
	const engine = bench.engine(scene.typed);
	const transfer = {
		maxTries: row.maxTries ?? 1,
		idleTimeout: IDLE_SECONDS,
		...(row.where === 'Azure' && { blockSize: 1 }),
	};
	const parameters = { ...scene.parameters, dataSet: byId(DATA_SET.id), transfer };
	const [outcome, contents] = await readMeanwhile(scene, bench.run({ parameters, engine }));
	return { outcome, contents, secrets: shownOf(outcome, engine) };
}

function told({ run, good }: Outcome): string {
	const { error } = run;
	return error ? `${error.message}. ${String(error.description ?? '')}` : `tries: ${String(good[0]?.json.tries)}`;
}

async function check(row: Row, scene: Scene): Promise<string> {
	await scene.put(NAME, OLD);
	const { outcome, contents, secrets } = await suffer(row, scene);
	const { sha256: whole, bytes, rows } = await digest(DATA_SET);
	const left = (await scene.names()).filter((name) => name !== NAME);
	if (row.ends === 'verified') {
		expect(outcome.run.error).toBeUndefined();
		expect(outcome.good[0]?.json).toMatchObject({ verification: 'verified', bytes, rows, sha256: whole });
		expect(sha256(await scene.read(NAME))).toBe(whole);
	} else {
		expect(outcome.run.error).toMatchObject({ type: row.ends });
		expect(String(await scene.read(NAME))).toBe(OLD);
	}
	expect([...contents].filter((content) => ![sha256(OLD), whole].includes(content))).toEqual([]);
	expect(left.length).toBe(row.leaves === true ? 1 : 0);
	for (const name of left) expect(told(outcome)).toContain(name);
	expect(secrets).toEqual([]);
	expect(outcome.ms).toBeLessThan(BOUND_MS);
	return told(outcome);
}

test.each(ROWS)(
	'$where: when $fault, it ends in $ends',
	async (row) => {
		const [socketsBefore, timersBefore] = [sockets(), timers()];
		const scene = await row.arrange(bench, DATA_SET.id);
		try {
			seen.push({ ...row, told: await check(row, scene) });
		} finally {
			await scene.close();
		}
		expect(await settled(() => sockets() <= socketsBefore && timers() <= timersBefore)).toBe(true);
	},
	BOUND_MS + 30_000,
);

test('docs/faults.md says what was seen', async () => {
	expect(seen.map(({ fault }) => fault)).toEqual(ROWS.map(({ fault }) => fault));
	await checkPage(seen);
});
