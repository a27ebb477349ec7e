import { createRequire } from 'node:module';
import { join } from 'node:path';

/** As far as it is used here. */
interface DuckDb {
	readonly DuckDBInstance: {
		create(path: string): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown> }> }>;
	};
}

/** Runs one statement in DuckDB, which reads and writes as the statement says: `node duckdb.js <folder of the peer> <SQL>`. */
async function main([peerFolder = '', sql = '']: readonly string[]): Promise<void> {
	const { DuckDBInstance }: DuckDb = createRequire(join(peerFolder, 'main.js'))('@duckdb/node-api');
	const instance = await DuckDBInstance.create(':memory:');
	await (await instance.connect()).run(sql);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
