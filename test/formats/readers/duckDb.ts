import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../../../sandbox/n8n/install';
import { run } from './run';

/** The DuckDB that these tests were tried with, as npm numbers it. */
const VERSION = '1.5.6-r.1';

/** A column of a Parquet file: its physical type, and its logical type when it has one. */
export interface ParquetColumn {
	readonly name: string;
	readonly type: string;
}

/** A file as DuckDB reads it; every value as text that loses nothing. */
export interface ParquetFile {
	readonly columns: readonly ParquetColumn[];
	readonly rows: ReadonlyArray<ReadonlyArray<string | null>>;
	readonly codecs: readonly string[];
}

function folder(): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(cache, 'n8n-nodes-domo-writeback', `duckdb-${VERSION}`);
}

/** Resolves to a folder that holds the pinned DuckDB, outside of the checkout so that every clone shares it; installs it when it is missing. */
export async function installDuckDb(say: (what: string) => void = () => {}): Promise<string> {
	const home = folder();
	const stamp = join(home, '.installed');
	if (existsSync(stamp)) return home;
	say(`Installing DuckDB ${VERSION} into ${home} (once, about a minute) …`);
	await mkdir(home, { recursive: true });
	const manifest = { name: 'duckdb-for-domo-writeback', private: true, dependencies: { '@duckdb/node-api': VERSION } };
	await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
	await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], home);
	await run(process.execPath, ['-e', "require('@duckdb/node-api')"], '', {
		...process.env,
		NODE_PATH: join(home, 'node_modules'),
	});
	await writeFile(stamp, `${new Date().toISOString()}\n`);
	return home;
}

/** Reads Parquet files in a process of their own: DuckDB is native code, and jest would keep it alive. */
export async function readParquet(paths: readonly string[]): Promise<ParquetFile[]> {
	return JSON.parse(String(await duckDb('parquet', paths)));
}

/** Reads CSV files with a header by DuckDB, which tells a quoted cell from one that is the null text. */
export async function readNulls(path: string, nullText: string): Promise<Array<Array<string | null>>> {
	return JSON.parse(String(await duckDb('csv', [path, nullText])));
}

/** How many rows DuckDB finds in a CSV of which it is told nothing. */
export async function countByDuckDb(path: string): Promise<number> {
	const rows: unknown = JSON.parse(String(await duckDb('auto', [path])));
	return Array.isArray(rows) ? rows.length : NaN;
}

/** A CSV with a header, what its columns are called in `where`, and a condition in SQL; nothing and `\\N` without quotes are null. */
export interface Choice {
	readonly path: string;
	readonly columns: readonly string[];
	readonly where: string;
}

/** Of the rows that DuckDB chooses, the first cells; a list for each choice, which stand in a JSON file. */
export async function chooseRows(choicesPath: string): Promise<string[][]> {
	return JSON.parse(String(await duckDb('where', [choicesPath])));
}

async function duckDb(what: string, args: readonly string[]): Promise<Buffer> {
	const env = { ...process.env, NODE_PATH: join(folder(), 'node_modules') };
	return await run(process.execPath, [join(__dirname, 'askDuckDb.cjs'), what, ...args], '', env);
}
