import { type Postgres, startPostgres } from '../postgres';
import { freePort, type RunningProcess, startProcess } from '../process';
import { type Redis, startRedis } from '../redis';
import { n8nEnvironment } from './environment';
import { installN8n } from './install';

/** Everybody who reads the same database needs the same key. */
const ENCRYPTION_KEY = 'sandbox-encryption-key';

/** How long a job of a worker that died counts as running, and how often n8n looks. Its own figures are 60 and 30 seconds. */
const LOCK_MS = 5_000;

/** What mains and workers share: a queue in Redis, a database in PostgreSQL. */
export interface QueueMode {
	/** What makes an n8n one of them; `startN8n` and `importInto` take it. */
	readonly env: NodeJS.ProcessEnv;
	/** Ends Redis and PostgreSQL. */
	close(): Promise<void>;
}

/** One n8n process that runs what the queue holds. */
export type Worker = RunningProcess;

export async function startQueueMode(): Promise<QueueMode> {
	const redis = await startRedis();
	const postgres = await startPostgres().catch(async (fault: unknown) => {
		await redis.close();
		throw fault;
	});
	return {
		env: environment(redis, postgres),
		close: async () => {
			await Promise.all([redis.close(), postgres.close()]);
		},
	};
}

/** Starts a worker that loads its community packages from `userFolder` and runs so many jobs at once. */
export async function startWorker(
	{ env }: QueueMode,
	{ userFolder, concurrency }: { readonly userFolder: string; readonly concurrency: number },
): Promise<Worker> {
	const installed = await installN8n();
	return await startProcess({
		command: installed.node,
		args: [installed.script, 'worker', `--concurrency=${concurrency}`],
		cwd: userFolder,
		ready: /n8n worker is now ready/,
		readyMs: 120_000,
		env: n8nEnvironment(installed, { userFolder, brokerPort: await freePort() }, env),
	});
}

/** https://docs.n8n.io/hosting/scaling/queue-mode/ */
function environment(redis: Redis, postgres: Postgres): NodeJS.ProcessEnv {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_WORKER_LOCK_DURATION: String(LOCK_MS),
		QUEUE_WORKER_LOCK_RENEW_TIME: String(LOCK_MS / 5),
		QUEUE_WORKER_STALLED_INTERVAL: String(LOCK_MS),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_DATABASE: postgres.database,
	};
}
