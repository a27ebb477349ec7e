import { endAll, type Endings } from '../../sandbox/cleanups';
import { linkPackage } from '../../sandbox/n8n/community';
import { installN8n } from '../../sandbox/n8n/install';
import { type Main, startMain } from '../../sandbox/n8n/queueMain';
import { startQueueMode, startWorker } from '../../sandbox/n8n/queueMode';
import { webhookWriteback } from '../../sandbox/n8n/webhookWorkflow';
import type { SandboxDataSet } from '../../sandbox/domo/domo';
import { OURS } from '../subjects/subject';
import { fileOf, onSftp } from '../subjects/ours';
import type { Fixture } from '../fixtures/fixture';
import { type SftpServer, sftpServer } from '../fixtures/sftpServer';
import { withProxyCapacity } from '../fixtures/proxyCapacity';
import type { Detail } from '../report/result';
import { median, rounded } from '../report/statistics';
import { MEBIBYTE, sized, small } from '../servers/dataSets';
import type { Case } from './case';

const ROUND_TRIP_MS = 20;
const WORKERS = [1, 2, 4] as const;

/** As `n8n worker --concurrency` says; n8n itself advises against less. */
const JOBS_EACH = 5;

const SMALL = 100;
const LARGE = 8;
const LARGE_MIB = 64;

/** What the queue is given: many executions of a small DataSet each, or few of a large one. */
interface Load {
	readonly name: string;
	readonly dataSets: readonly SandboxDataSet[];
	/** What `count` of them in `ms` come to. */
	readonly figure: (count: number, ms: number) => number;
}

const MANY: Load = {
	name: 'small DataSets, writebacks/s',
	dataSets: small().slice(0, SMALL),
	figure: (count, ms) => (1000 * count) / ms,
};

const FEW: Load = {
	name: `DataSets of ${LARGE_MIB} MiB, MB/s`,
	dataSets: Array.from({ length: LARGE }, () => sized(LARGE_MIB)),
	figure: (count, ms) => (count * LARGE_MIB * MEBIBYTE) / 1000 / ms,
};

export const workersCase: Case = {
	name: 'workers',
	title: `An execution for each DataSet over n8n's workers, ${JOBS_EACH} jobs at once each, to an SFTP server ${ROUND_TRIP_MS} ms away; the headline is ${SMALL} small DataSets over 2 workers`,
	rounds: 3,
	measure: async (lab, rounds) => {
		await installN8n(lab.say);
		const server = await sftpServer(lab, { roundTripMs: ROUND_TRIP_MS });
		try {
			const measure = async () => await overWorkers(lab, rounds, server);
			const need = ({ details }: { details: readonly Detail[] }) =>
				Math.max(...details.map((row) => Number(row[FEW.name])));
			return await withProxyCapacity(lab, measure, need);
		} finally {
			await server.close();
		}
	},
};

async function overWorkers(lab: Fixture, rounds: number, server: SftpServer) {
	const samples = new Map<string, number[]>();
	const details: Detail[] = [];
	for (const count of WORKERS) {
		const figures = await withWorkers(lab, server, count, async (main) => {
			// The first jobs of a worker load what all others find.
			await written(main, server, { ...MANY, dataSets: MANY.dataSets.slice(0, 2 * JOBS_EACH * count) });
			const figuresOf = async (load: Load) => {
				const measured: number[] = [];
				for (let round = 1; round <= rounds; round++) {
					measured.push(await written(main, server, load));
					lab.told(load.name)(round, `${count} × n8n worker`, measured.at(-1) ?? 0);
				}
				return measured;
			};
			return { many: await figuresOf(MANY), few: await figuresOf(FEW) };
		});
		samples.set(count === 2 ? OURS : `${count} ${count === 1 ? 'worker' : 'workers'}`, figures.many);
		const [many, few] = [rounded(median(figures.many)), rounded(median(figures.few))];
		details.push({ workers: count, [MANY.name]: many, [FEW.name]: few });
	}
	return { unit: 'writebacks/s', samples, details };
}

/** Starts queue mode for as long as `act` takes. */
async function withWorkers<T>(
	lab: Fixture,
	server: SftpServer,
	count: number,
	act: (main: Main) => Promise<T>,
): Promise<T> {
	const endings: Endings = [];
	try {
		const queue = await startQueueMode();
		endings.push(queue.close);
		const newPlace = async () => {
			const userFolder = await lab.newFolder('n8n');
			await linkPackage(lab.packageFolder, 'n8n-nodes-domo-writeback', userFolder);
			return userFolder;
		};
		const { parameters, credentials } = onSftp(server);
		const { url: apiHost, clientId, clientSecret } = lab.domo;
		const data = { domoClientApi: { clientId, clientSecret, apiHost }, ...credentials };
		const ids: Readonly<Record<string, string>> = { domoClientApi: 'domoSandbox', sftpWritebackApi: 'sftpSandbox' };
		const main = await startMain(queue, {
			userFolder: await newPlace(),
			credentials: Object.entries(data).map(([type, fields]) => ({
				id: ids[type] ?? type,
				name: type,
				type,
				data: fields,
			})),
			workflows: [
				webhookWriteback('one', { ...parameters, selectFilename: 'filename', filename: '={{ $json.body.file }}' }),
			],
		});
		endings.push(main.close);
		for (let index = 0; index < count; index++) {
			const worker = await startWorker(queue, { userFolder: await newPlace(), concurrency: JOBS_EACH });
			endings.push(worker.stop);
		}
		return await act(main);
	} finally {
		await endAll(endings);
	}
}

/** Has all of them written, and resolves to the figure; rejects unless every file is there. */
async function written(main: Main, server: SftpServer, { dataSets, figure }: Load): Promise<number> {
	const files: Array<{ readonly name: string; readonly bytes: number }> = [];
	const startedAt = performance.now();
	await Promise.all(
		dataSets.map(async ({ id }, index) => {
			const file = `${index}-${fileOf(id)}`;
			const answer = await main.post('one', { dataSet: id, file });
			if (typeof answer !== 'object' || answer === null || !('bytes' in answer) || typeof answer.bytes !== 'number')
				throw new Error(`n8n answered ${JSON.stringify(answer)}`);
			files.push({ name: file, bytes: answer.bytes });
		}),
	);
	const ms = performance.now() - startedAt;
	await server.accept(files);
	return figure(dataSets.length, ms);
}
