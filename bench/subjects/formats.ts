import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import type { Fixture } from '../fixtures/fixture';
import { npmPeer } from '../peerInstallers/npmPeer';
import {
	CSV,
	DUCKDB,
	FILTERED,
	GPG,
	GZIP,
	GZIP_6,
	JSON_LINES,
	MLR_CSV,
	MLR_FILTER,
	MLR_JSON,
	PARQUET,
	PASS,
	PGP,
} from '../report/bars';
import { encrypted, type Format, gzipped, halved, objects, parquet, sameSize } from './format';
import type { Filter } from './ssh';

/** Of @duckdb/node-api, as Debian has no DuckDB. */
const DUCKDB_VERSION = '1.5.6-r.1';

/** The export as it is. */
const pass: Format = { name: PASS, fileFormat: {}, fits: sameSize };

/** One of each type, which a LONG, a DECIMAL, a DATETIME and a text of the DataSet meet in half of its rows. */
const CONDITIONS = [
	['id', 'greater', '1000000000000'],
	['amount', 'atLeast', '2500.50'],
	['at', 'atLeast', '2025-03-01'],
	['city', 'isNot', 'Wien'],
];
const MLR_CONDITION = '$id > 1000000000000 && $amount >= 2500.50 && $at >= "2025-03-01" && $city != "Wien"';

/** All that are measured; what they need is made or installed. */
export async function formats(lab: Fixture): Promise<{ readonly pass: Format; readonly others: readonly Format[] }> {
	const pgpPublicKey = await publicKey();
	const others: readonly Format[] = [
		{
			name: CSV,
			fileFormat: { delimiter: 'semicolon' },
			peer: { name: MLR_CSV, filter: { command: "mlr --icsv --ocsv --ofs ';' cat" } },
			fits: sameSize,
		},
		{
			name: FILTERED,
			fileFormat: {},
			rows: { conditions: { condition: CONDITIONS.map(([column, operator, value]) => ({ column, operator, value })) } },
			peer: { name: MLR_FILTER, filter: { command: `mlr --icsv --ocsv filter '${MLR_CONDITION}'` } },
			fits: halved,
		},
		{
			name: JSON_LINES,
			fileFormat: { format: 'jsonLines' },
			peer: { name: MLR_JSON, filter: { command: 'mlr --icsv --ojsonl cat' } },
			fits: objects,
		},
		{
			name: GZIP,
			fileFormat: { compression: 'gzip' },
			peer: { name: GZIP_6, filter: { command: 'gzip -6' } },
			fits: gzipped,
		},
		{
			name: PGP,
			fileFormat: { pgpPublicKey, pgpArmor: false },
			peer: { name: GPG, filter: await gpg(lab, pgpPublicKey) },
			fits: encrypted,
		},
		{
			name: PARQUET,
			fileFormat: { format: 'parquet' },
			peer: { name: DUCKDB, filter: await duckDb(lab) },
			fits: parquet,
		},
	];
	return { pass, others };
}

/** A recipient's, on Curve25519, which gpg 2.2 reads, too. */
async function publicKey(): Promise<string> {
	const userIDs = [{ name: 'Bench', email: 'bench@example.com' }];
	return (await generateKey({ userIDs, type: 'ecc', curve: 'curve25519Legacy', format: 'armored' })).publicKey;
}

/** Encrypts without compressing, as ours does. */
async function gpg(lab: Fixture, key: string): Promise<Filter> {
	const folder = await lab.newFolder('gpg');
	const file = join(folder, 'key.asc');
	await writeFile(file, key);
	const options = '--batch --quiet --no-options --trust-model always --compress-algo none';
	return {
		command: `gpg ${options} --homedir "$GPG_FOLDER" --recipient-file "$GPG_KEY" --output - --encrypt`,
		env: { GPG_FOLDER: folder, GPG_KEY: file },
	};
}

/** As anybody would type it. It takes the decimal numbers for DOUBLE: with DECIMAL(38, 18), which ours writes, it needs ten times as long. */
const COPY = "COPY (FROM read_csv('/dev/stdin')) TO '/dev/stdout' (FORMAT parquet)";

async function duckDb(lab: Fixture): Promise<Filter> {
	return {
		command: '"$NODE" "$DUCKDB_SCRIPT" "$DUCKDB_FOLDER" "$DUCKDB_COPY"',
		env: {
			NODE: process.execPath,
			DUCKDB_SCRIPT: lab.script('runners/duckdb'),
			DUCKDB_FOLDER: await npmPeer('@duckdb/node-api', DUCKDB_VERSION, lab.say),
			DUCKDB_COPY: COPY,
		},
	};
}
