import type { Postgres } from '../../../sandbox/postgres';
import { run } from './run';

/** How many rows PostgreSQL's COPY finds in a CSV with a header, and how many of them are null in the first of these text columns. */
export async function countByPostgres(
	{ host, port, user, database }: Postgres,
	path: string,
	columns: readonly string[],
	nullText = '',
): Promise<{ readonly rows: number; readonly nulls: number }> {
	const [first = ''] = columns;
	const commands = [
		`CREATE TEMP TABLE t (${columns.map((name) => `${name} text`).join(', ')})`,
		`\\copy t FROM '${path}' (FORMAT csv, HEADER, NULL '${nullText}')`,
		`SELECT count(*), count(*) - count(${first}) FROM t`,
	];
	const place = ['-h', host, '-p', String(port), '-U', user, '-d', database];
	const options = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];
	const said = String(await run('psql', [...place, ...options, ...commands.flatMap((command) => ['-c', command])]));
	const [rows = NaN, nulls = NaN] = said.trim().split('|').map(Number);
	return { rows, nulls };
}
